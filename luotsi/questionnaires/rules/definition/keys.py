"""Keys of SurveyJS that are not part of the meaning here: other names, mere looks, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Names that SurveyJS used before, or uses for the same thing.
ALIASES = {
    "hasOther": "showOtherItem",
    "hasNone": "showNoneItem",
    "hasComment": "showCommentArea",
    "isAllRowRequired": "eachRowRequired",
    "questions": "elements",
}

# How something looks or is worked, which changes no value, no visibility and no check.
LOOKS = """
acceptCarousel addPanelText addRowText allowAddPanel allowCameraAccess allowClear allowCompleteSurveyAutomatic
allowImagesPreview allowRemovePanel allowResize allowResizeComment allowRowReorder alternateRows
autoAdvanceAllowComplete autoAdvanceEnabled autocomplete autoFocusFirstError autoFocusFirstQuestion autoGenerate
autoGrow autoGrowComment cellErrorLocation cellHint checkErrorsMode choicesOrder chooseButtonCaption closeOnSelect
colCount colCountMobile columnColCount columnMinWidth commentAreaRows commentPlaceholder completedBeforeHtml
completedHtml completedHtmlOnCondition completeText confirmDelete confirmDeleteText cookieName
copyDefaultValueFromLastEntry correctAnswer dataFormat dataList defaultDisplayValue descriptionLocation
detailErrorLocation detailPanelMode detailPanelShowOnAdding displayMode displayRateDescriptionsAsExtremeItems
editText errorLocation fileOrPhotoPlaceholder filePlaceholder fitToContainer format gridLayoutColumns
gridLayoutEnabled headerView hideColumnsIfEmpty hideNumber hideSelectedItems id imageHeight imageWidth indent
innerIndent inputAutocomplete itemSize itemTitleWidth keyDuplicationErrorText labelLocation loadingHtml logo logoFit
logoHeight logoPosition logoWidth maskSettings maskType maximumFractionDigits maxSelectText maxTimeToFinish
maxTimeToFinishPage maxWidth minimumFractionDigits minWidth navigateToUrl navigateToUrlOnCondition
navigationButtonsLocation navigationDescription navigationTitle needConfirmRemoveFile newPanelPosition nextPanelText
noEntriesText noRowsText otherPlaceholder pageNextText pagePrevText panelsState partialSendEnabled photoPlaceholder
placeholder prefix previewMode previewText prevPanelText progressBarInheritWidthFrom progressBarLocation
progressBarNavigationTextLocation progressBarShowNavigationText progressBarShowPageNumbers progressBarType
questionDescriptionLocation questionErrorLocation questionOrder questionsOnPageMode questionStartIndex
questionTitleLocation questionTitlePattern questionTitleWidth rateColorMode rateType removePanelText removeRowText
renderAs requiredMark rowOrder scaleColorMode score searchEnabled searchMode selectAllText selectToRankAreasLayout
separateSpecialChoices showClearButton showCompletePage showHeader showNavigationButtons showNumber showPageNumbers
showPageTitles showPrevButton showPreview showPreviewBeforeComplete showProgressBar showQuestionNumbers
showSelectAllItem showTimer showTitle showTOC singleInputTitleTemplate size sourceType startSurveyText
startWithNewLine state suffix swapOrder tabAlign templateDescription templateTabTitle textUpdateMode textWrapEnabled
timeLimit timeLimitPerPage timerInfoMode timerLocation titleLocation tocLocation totalAlignment totalCurrency
totalDisplayStyle totalMaximumFractionDigits totalMinimumFractionDigits transposeData useDisplayValuesInDynamicTexts
useGrouping validateVisitedEmptyFields verticalAlign waitForUpload width widthMode
"""
PRESENTATION = frozenset(LOOKS.split())


def _given(value: Any) -> bool:
    return value not in (None, "", [], {}, False)


# What would change values, visibility or checks, and is not done: a definition that uses it is not used.
REFUSED: dict[str, Callable[[Any], bool]] = {
    "allowCustomChoices": _given,
    "bindings": _given,
    "cells": lambda _value: False,
    "choicesByUrl": _given,
    "choicesFromQuestion": _given,
    "choicesMax": _given,
    "choicesMin": _given,
    "detailElements": _given,
    "firstPageIsStartPage": _given,
    "includeIntoResult": lambda _value: False,
    "resetValueIf": _given,
    "setValueExpression": _given,
    "setValueIf": _given,
    "storeDataAsText": lambda _value: False,
    "storeOthersAsComment": lambda value: value is False,
    "templateErrorLocation": lambda _value: False,
    "triggers": _given,
    "valueName": _given,
    "valuePropertyName": _given,
}
