// Answers with survey-core itself what Luotsi's evaluator is compared with: reads [{definition, answers}] from standard
// input, writes [{visible, required, errors, calculated, totals, values}]; names as in `luotsi questionnaire evaluate`.
// A case with steps [[name, value], ...] in place of answers is answered one by one, as on a page: what is not on view
// is not answered. It writes {steps: [{taken, visible, calculated, totals, values, data}], handed}.
import { readFileSync } from "node:fs";
import { Model, Version, settings } from "survey-core";

const NOW = process.env.ORACLE_NOW ? new Date(process.env.ORACLE_NOW).getTime() : Date.now();
const TO_READ = new Set(["html", "expression"]); // kinds that take no answer
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...told) {
    if (told.length) super(...told);
    else super(NOW);
  }
  static now() {
    return NOW;
  }
};

// Yields every question on view with its whole name: panels[0].name, table[0].column, table.row.column.
function* questionsOf(list, prefix = "") {
  for (const question of list) {
    if (!question.isVisible || (question.parent && !shown(question.parent))) continue;
    const name = prefix + question.name;
    yield [name, question];
    if (question.getType() === "paneldynamic") {
      const panels = question.visiblePanels;
      for (const panel of panels) yield* questionsOf(panel.questions, `${name}[${question.panels.indexOf(panel)}].`);
    } else if (["matrixdynamic", "matrixdropdown"].includes(question.getType())) {
      const rows = question.visibleRows || [];
      for (const [number, row] of rows.entries()) {
        const place = question.getType() === "matrixdynamic" ? `${name}[${number}].` : `${name}.${row.rowName}.`;
        yield* questionsOf(row.cells.map((cell) => cell.question), place);
      }
    }
  }
}

function shown(container) {
  for (let here = container; here; here = here.parent) if (!here.isVisible) return false;
  return true;
}

function totalsOf(name, question) {
  const found = {};
  if (!["matrixdynamic", "matrixdropdown"].includes(question.getType()) || !question.hasTotal) return found;
  const row = question.visibleTotalRow;
  for (const cell of row ? row.cells : []) {
    const column = cell.column;
    if (column.totalType !== "none" || column.totalExpression) found[`${name}.${column.name}`] = cell.question.value ?? null;
  }
  return found;
}

function workedOut(survey, found) {
  const calculated = {};
  for (const one of survey.calculatedValues) calculated[one.name] = one.value ?? null;
  const values = {};
  for (const [name, question] of found) if (question.getType() === "expression") values[name] = question.value ?? null;
  const totals = Object.assign({}, ...found.map(([name, question]) => totalsOf(name, question)));
  return { visible: found.map(([name]) => name), calculated, values, totals };
}

// Goes through the questions until they stay: panels and rows that are looked at for the first time have values.
function settled(survey) {
  let found = [...questionsOf(survey.getAllQuestions())];
  for (let round = 0; round < 4; round += 1) {
    const again = [...questionsOf(survey.getAllQuestions())];
    if (again.length === found.length && again.every(([name], place) => name === found[place][0])) return again;
    found = again;
  }
  return found;
}

function walked({ definition, steps }) {
  const survey = new Model(definition);
  const found = [];
  for (const [name, value] of steps) {
    const question = survey.getQuestionByName(name);
    const taken = question.isVisible && (!question.parent || shown(question.parent));
    if (taken && value === null) survey.clearValue(name);
    else if (taken) survey.setValue(name, value);
    const looked = workedOut(survey, settled(survey));
    found.push({ taken, ...looked, data: JSON.parse(JSON.stringify(survey.data)) });
  }
  survey.doComplete();
  return { steps: found, handed: survey.data };
}

function evaluated({ definition, answers }) {
  const survey = new Model(definition);
  survey.mergeData(answers);
  const found = settled(survey);
  survey.validate(true, false);
  const required = found.filter(([, question]) => question.isRequired);
  const errors = {};
  for (const [name, question] of found) {
    const own = question.errors.map((error) => error.getErrorType());
    if (own.length) errors[name] = own;
  }
  for (const panel of survey.getAllPanels()) {
    if (shown(panel) && panel.errors.length) errors[panel.name] = panel.errors.map((error) => error.getErrorType());
  }
  return {
    ...workedOut(survey, found),
    required: required.filter(([, question]) => !TO_READ.has(question.getType())).map(([name]) => name),
    requiredToRead: required.filter(([, question]) => TO_READ.has(question.getType())).map(([name]) => name),
    readOnly: found.filter(([, question]) => question.isReadOnly).map(([name]) => name),
    errors,
  };
}

settings.warnings?.disable?.();
console.warn = console.error = () => {};
const cases = JSON.parse(readFileSync(0, "utf8"));
const answered = cases.map((one) => {
  try {
    return one.steps ? walked(one) : evaluated(one);
  } catch (fault) {
    return { fault: String(fault.stack) };
  }
});
process.stdout.write(JSON.stringify({ version: Version, answered }));
