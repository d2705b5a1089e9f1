import { customersOf } from '../cast.ts';
import type { VerbFields } from '../form/verb-forms.ts';
import { RefusedCall, type Request } from '../system/caller.ts';
import type { Deed, Scene } from './scene.ts';

/** What people of finance and collections do. */
export const peopleVerbs = {
  release: (fields: VerbFields['release'], scene: Scene): Deed => answer('release', fields, scene),
  decline: (fields: VerbFields['decline'], scene: Scene): Deed => answer('decline', fields, scene),

  /** What came of each is seen by its hold. */
  releaseAll: ({ orders, by, role, reason }: VerbFields['releaseAll'], scene: Scene): Deed => {
    const body = { reason, orders: orders.map((order) => ({ orderId: scene.names.real('order', order) })) };
    return async (call) => void (await call(asked('/v1/holds/releases', body, person(by, role, scene))));
  },

  /** The second person says no. */
  refuseRelease: ({ order, by, role, reason }: VerbFields['refuseRelease'], scene: Scene): Deed => {
    const path = `${holdPath(order, scene)}/release/refusal`;
    return async (call) => void (await call(asked(path, { note: reason }, person(by, role, scene))));
  },

  promise: ({ id, customer, amount, on }: VerbFields['promise'], scene: Scene): Deed => {
    const body = {
      promiseId: scene.names.real('promise', id),
      customerId: scene.customer(customer),
      amount,
      payOn: scene.day(on),
    };
    return async (call) =>
      void (await call({
        service: 'collections',
        method: 'POST',
        path: '/v1/promises',
        body,
        as: { roles: ['collector'] },
      }));
  },

  /** Without a customer: of every customer of the story, and no other's. */
  dunningRun: ({ customer }: VerbFields['dunningRun'], scene: Scene): Deed => {
    const customerIds =
      customer === undefined ? customersOf(scene.story.steps, scene.names) : [scene.customer(customer)];
    return async (call) => {
      for (const customerId of customerIds)
        await call({
          service: 'collections',
          method: 'POST',
          path: '/v1/dunning-runs',
          body: { customerId },
          as: { roles: ['collector'] },
        });
    };
  },
};

type Answered = VerbFields['release'];

/** With an approver the same is said twice: the first person's word waits, the second one agrees. */
function answer(what: 'release' | 'decline', { order, by, role, reason, approver }: Answered, scene: Scene): Deed {
  const path = `${holdPath(order, scene)}/${what}`;
  return async (call) => {
    const say = (user: string): Promise<unknown> => call(asked(path, { reason }, person(user, role, scene)));
    if (approver === undefined) return void (await say(by));
    await say(by).catch((error: unknown) => {
      if (!(error instanceof RefusedCall) || error.code !== 'second-person-needed') throw error;
    });
    await say(approver);
  };
}

const holdPath = (order: string, scene: Scene): string =>
  `/v1/holds/${encodeURIComponent(scene.names.real('order', order))}`;

const person = (user: string, role: Answered['role'], scene: Scene): Request['as'] => ({
  user: scene.names.person(user),
  ...(role && { roles: [role] }),
});

const asked = (path: string, body: object, as: Request['as']): Request => ({
  ...{ service: 'customer-credit', method: 'POST', path, body },
  ...(as && { as }),
});
