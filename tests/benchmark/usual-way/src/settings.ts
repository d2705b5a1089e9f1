const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

export const settings = {
  broker: required('USUAL_BROKER'),
  databaseUrl: required('USUAL_DATABASE_URL'),
  ordersTopic: required('USUAL_ORDERS_TOPIC'),
  decisionsTopic: required('USUAL_DECISIONS_TOPIC'),
};

/** As many as the topic has partitions: each is handled on its own, on a connection of its own. */
export const concurrency = 12;
