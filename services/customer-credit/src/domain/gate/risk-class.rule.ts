import type { Rule } from './rule.ts';

/** Customers of these classes trade on prepayment only. Who is in no class is not asked. */
export const riskClassRule: Rule = ({ account, order, parameters }) => {
  const { riskClass: rule } = parameters;
  const { riskClass } = account;
  if (!rule || order.prepaid || riskClass === null || !rule.prepaidOnly.includes(riskClass)) return null;

  return {
    code: 'risk-class',
    message: `Customers of risk class ${riskClass} trade on prepayment only`,
    measured: riskClass,
    threshold: rule.prepaidOnly.join(', '),
  };
};
