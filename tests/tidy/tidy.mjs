// node tidy.mjs RULE [ARGUMENT]: checks one rule of rules.mjs; exits with 1 when it is broken.
import * as rules from './rules.mjs';

const [rule, ...rest] = process.argv.slice(2);
if (!rules[rule]) {
  console.error(`no such rule: ${rule}. There are: ${Object.keys(rules).join(', ')}`);
  process.exit(2);
}
const complaints = rules[rule](...rest);
for (const complaint of complaints) console.error(complaint);
console.log(`${rule}: ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
