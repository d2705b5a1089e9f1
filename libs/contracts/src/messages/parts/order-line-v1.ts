import { Decimal } from '../../fields/decimal-fields.ts';
import { Identifier } from '../../fields/scalar-fields.ts';

/** Lines are information (`total` rules), so returns and surcharges may be negative. */
export class OrderLineV1 {
  @Identifier()
  sku!: string;
  @Decimal('any')
  quantity!: string;
  @Decimal('any')
  unitPrice!: string;
  @Decimal('any', { optional: true })
  discountPercent?: string;
}
