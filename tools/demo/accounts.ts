/** What customer-credit answers to `GET /v1/credit-accounts/{id}/exposure`, as far as the demo shows it. */
export interface ExposureAnswer {
  customerId: string;
  exposure: { total: { amount: string; currency: string } };
  limit: { kind: string; amount?: { amount: string; currency: string } };
}

/** The exposure of every customer as it is now, asked over HTTP. */
export async function readExposures(
  url: string,
  token: string,
  customerIds: Iterable<string>,
): Promise<ExposureAnswer[]> {
  const answers: ExposureAnswer[] = [];
  for (const customerId of customerIds) {
    const answer = await fetch(`${url}/v1/credit-accounts/${encodeURIComponent(customerId)}/exposure`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok)
      throw new Error(
        `customer-credit does not tell the exposure of ${customerId}: HTTP ${answer.status} ${await answer.text()}`,
      );
    answers.push((await answer.json()) as ExposureAnswer);
  }
  return answers;
}
