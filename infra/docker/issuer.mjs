/**
 * The issuer of tokens for trying Ordergate out in containers. Without options it makes its key (once); with
 * `--user u-7 --role credit-manager [--role …] [--expires 12h]` it prints a token. A real installation names its own in
 * ORDERGATE_JWKS.
 */
import { LocalIssuer } from '@ordergate/identity';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    user: { type: 'string' },
    role: { type: 'string', multiple: true, default: [] },
    expires: { type: 'string', default: '12h' },
  },
});
const issuer = await LocalIssuer.open('/var/lib/ordergate');
if (values.user) console.log(await issuer.token({ user: values.user, roles: values.role, expiresIn: values.expires }));
