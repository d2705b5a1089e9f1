import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import type { AccountWork } from '../../../../services/customer-credit/src/handlers/account-work.ts';
import { GroupPools } from '../../../../services/customer-credit/src/handlers/group-pools.ts';
import { OrderHistories } from '../../../../services/customer-credit/src/handlers/order-histories.ts';
import type { PaymentLateness } from '../../../../services/customer-credit/src/handlers/payment-lateness.ts';
import { SegmentExposures } from '../../../../services/customer-credit/src/handlers/segment-exposures.ts';
import type { Customer } from './customer.ts';

type Asked = 'account' | 'openItems' | 'setOpenItems' | 'changeAccount' | 'rate' | 'pools' | 'segments' | 'histories';

/**
 * What the gate's own functions ask of the work of a transaction, answered from memory: so the facts of an order are put
 * together here as they are there. A file of receivables knows no credit groups and no limits of segments.
 */
export class WorkInMemory implements Pick<AccountWork, Asked | 'policy'> {
  readonly policy: Policy;
  businessDay = '';
  readonly customers = new Map<string, Customer>();
  readonly histories: OrderHistories;
  readonly pools = new GroupPools(new Map(), () => null);
  readonly segments = new SegmentExposures();
  readonly lateness: Pick<PaymentLateness, 'of'> = {
    of: ({ customerId }, windowDays) => this.customers.get(customerId)!.record.daysLate(windowDays, this.businessDay),
  };

  constructor(policy: Policy) {
    this.policy = policy;
    this.histories = new OrderHistories([policy]);
  }

  /** Only a transaction makes an AccountWork; its functions ask no more of it than this. */
  get asWork(): AccountWork {
    return this as unknown as AccountWork;
  }

  account: AccountWork['account'] = (customerId) => this.customers.get(customerId)!.account;

  openItems: AccountWork['openItems'] = ({ customerId }) => this.customers.get(customerId)!.items;

  setOpenItems: AccountWork['setOpenItems'] = (customerId, items) => {
    this.customers.get(customerId)!.items = items;
  };

  // One company, one currency an account.
  rate: AccountWork['rate'] = () => '1';

  changeAccount: AccountWork['changeAccount'] = () => undefined;
}
