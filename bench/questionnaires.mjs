// Times survey-core on the form of bench/questionnaires.py: a model for each set of answers, and one model kept.
import { readFileSync } from "node:fs";
import { Model } from "survey-core";

console.warn = console.error = () => {};
const { definition, answers, repeat } = JSON.parse(readFileSync(0, "utf8"));

function median(work) {
  const told = [];
  for (let round = 0; round < repeat; round++) {
    const began = performance.now();
    work();
    told.push(performance.now() - began);
  }
  return told.sort((one, other) => one - other)[Math.floor(told.length / 2)];
}

function looked(survey) {
  survey.validate(false);
  return survey.getAllQuestions(true).length;
}

const kept = new Model(definition);
const found = {
  oracle_new_ms: median(() => {
    const survey = new Model(definition);
    survey.data = structuredClone(answers);
    looked(survey);
  }),
  oracle_ms: median(() => {
    kept.data = structuredClone(answers);
    looked(kept);
  }),
};
process.stdout.write(JSON.stringify(found));
