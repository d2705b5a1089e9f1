import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LocalIssuer } from '../libs/identity/src/local-issuer.ts';
import { isRole, ROLES } from '../libs/identity/src/roles.ts';

const usage = `npm run token -- --user u-7 --role credit-manager [--role …] [--sales-rep R-7] [--expires 12h]
Roles: ${ROLES.join(', ')}`;

try {
  const { values } = parseArgs({
    options: {
      user: { type: 'string' },
      role: { type: 'string', multiple: true, default: [] },
      'sales-rep': { type: 'string', multiple: true },
      expires: { type: 'string', default: '12h' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const unknown = values.role.filter((role) => !isRole(role));
  if (unknown.length > 0) throw new Error(`There is no role ${unknown.join(', ')}`);
  if (!values.user) throw new Error('--user is missing');
  if (values.role.length === 0) throw new Error('--role is missing');

  const directory = process.env['ORDERGATE_HOME'] ?? fileURLToPath(new URL('../.ordergate', import.meta.url));
  const issuer = await LocalIssuer.open(directory);
  console.log(
    await issuer.token({
      user: values.user,
      roles: values.role.filter(isRole),
      ...(values['sales-rep'] && { salesReps: values['sales-rep'] }),
      expiresIn: values.expires,
    }),
  );
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 1;
}
