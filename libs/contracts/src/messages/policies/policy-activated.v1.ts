import { Document } from '../../fields/nested-fields.ts';
import { Identifier, Instant, Pattern } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PolicyActivated.v1',
  topic: 'policies',
  key: 'version',
  doc: 'A version of the policy rules from now on; the whole document.',
})
export class PolicyActivatedV1 {
  @Identifier({ meaning: 'Version of the policy' })
  version!: string;
  @Document({ meaning: 'The policy itself: rules, approval, holds, dunning, release, scopes' })
  document!: Record<string, unknown>;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who activated it' })
  activatedBy!: string;
  @Instant({ meaning: 'When it was activated' })
  activatedAt!: string;
}
