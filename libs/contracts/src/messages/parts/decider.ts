/** Who or what decided or changed something: the policy by itself, a person, or the source system of a customer record. */
export const deciderPattern = /^(policy|(user|source):[^\u0000-\u001f\u007f]{1,200})$/;
export const deciderProblem = 'must be "policy", "user:<id>" or "source:<name>"';
