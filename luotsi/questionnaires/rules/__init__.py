"""What is decided about questionnaires, as pure functions: what a definition means, what follows from answers."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA: tuple[PersonalData, ...] = (
    PersonalData(
        title=_("Versions of questionnaires"),
        what=_("Who wrote and who published a version."),
        model="questionnaires.QuestionnaireVersion",
        fields=("written_by", "published_by"),
        purpose=_("Shows who answers for what is asked."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the questionnaire is kept."),
    ),
    PersonalData(
        title=_("Collections"),
        what=_("Who opened a collection."),
        model="questionnaires.Collection",
        fields=("opened_by",),
        purpose=_("Shows who answers for what is asked."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the questionnaire is kept."),
    ),
    PersonalData(
        title=_("Responses"),
        what=_("Who answers, who began and who wrote which answer when, and what the questionnaire asks of persons."),
        model="questionnaires.Response",
        fields=("account", "begun_by", "answers", "pending"),
        purpose=_("Lets several people write one response without losing anything."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_(
            "A draft that was never handed in, 3 to 60 months after the collection has closed, as was chosen when it "
            "was opened (12 unless changed); what was handed in, as long as the collection is kept."
        ),
    ),
    PersonalData(
        title=_("Shared responses"),
        what=_("The address of somebody let into a response, who let them in, and when the link was opened."),
        model="questionnaires.ResponseShare",
        fields=("email", "shared_by"),
        purpose=_("Lets others write or read a response by a personal link."),
        basis=_("GDPR art. 6(1)(e), 32"),
        retention=_("90 days after it was revoked or expired."),
    ),
    PersonalData(
        title=_("Files of responses"),
        what=_("Who added a file, and what the file says."),
        model="questionnaires.Attachment",
        fields=("added_by", "name"),
        purpose=_("Holds what a questionnaire asks for as a file."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the response it belongs to."),
    ),
    PersonalData(
        title=_("Submissions"),
        what=_("Who handed in, and what was answered."),
        model="questionnaires.Submission",
        fields=("submitted_by", "content"),
        purpose=_("Proves what was handed in, when and by whom."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the collection is kept."),
    ),
    PersonalData(
        title=_("Invitations to surveys"),
        what=_(
            "The address of somebody who is asked, and whether they have answered; nothing after an anonymous one."
        ),
        model="questionnaires.Invitation",
        fields=("person", "email"),
        purpose=_("Lets those answer who are asked, once, and reminds only those who have not answered."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_(
            "Of an anonymous survey until it is answered or settled, of others as long as the answers are kept."
        ),
    ),
    PersonalData(
        title=_("Answers to surveys"),
        what=_("What was answered; a pseudonym in a confidential survey, the person in an identified one."),
        model="questionnaires.Sheet",
        fields=("answers", "pseudonym", "person", "email"),
        purpose=_("Makes the results of a survey, and shows people their own answers."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_(
            "3 to 60 months after the survey has closed, as was chosen when it was opened and told on the first "
            "screen (24 unless changed), and until its results have been worked out."
        ),
    ),
    PersonalData(
        title=_("Answers in words to surveys"),
        what=_("Words of ten or more who answered, joined to nobody."),
        model="questionnaires.OpenAnswer",
        fields=("text",),
        purpose=_("Tells those who ask what people wrote."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the answers are kept."),
    ),
    PersonalData(
        title=_("Work on surveys"),
        what=_("Who asked for the last long work on a survey, such as inviting."),
        model="questionnaires.SurveyWork",
        fields=("by",),
        purpose=_("Writes in the log of changes who had the results worked out."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the collection is kept."),
    ),
)
