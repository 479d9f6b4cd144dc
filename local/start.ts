/** `npm start`: the local cloud of one brand, until Ctrl-C. `BRAND`, `PORT`, and `-- --fresh` to forget its data. */
import { runSession, type Session } from './session.ts';
import { urlTable } from './url-table.ts';

await runSession((session: Session) => console.log(urlTable(session)));
