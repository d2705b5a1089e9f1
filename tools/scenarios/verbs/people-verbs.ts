import { customersOf } from '../cast.ts';
import type { VerbFields } from '../form/verb-forms.ts';
import type { Deed, Scene } from './scene.ts';

/** What people of finance and collections do. */
export const peopleVerbs = {
  release: (fields: VerbFields['release'], scene: Scene): Deed => answer('release', fields, scene),
  decline: (fields: VerbFields['decline'], scene: Scene): Deed => answer('decline', fields, scene),

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

/** With an approver the same is said twice: the first asks, the second person agrees. */
function answer(
  what: 'release' | 'decline',
  { order, by, reason, approver }: VerbFields['release'],
  scene: Scene,
): Deed {
  const path = `/v1/holds/${encodeURIComponent(scene.names.real('order', order))}/${what}`;
  const users = approver === undefined ? [by] : [by, approver];
  return async (call) => {
    for (const user of users)
      await call({
        service: 'customer-credit',
        method: 'POST',
        path,
        body: { reason },
        as: { user: scene.names.person(user) },
      });
  };
}
