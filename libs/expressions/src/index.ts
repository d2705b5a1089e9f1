export { Amount } from './amount.ts';
export { expressionFunctions, languageOver } from './language.ts';
export type { Compiled, Expression, Fact, FactTable } from './language.ts';
