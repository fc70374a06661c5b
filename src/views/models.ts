// Both models in one file to load: they rest on the same rules and words.
export { CasesModel } from './casesModel.ts';
export { HealthModel } from './healthModel.ts';
