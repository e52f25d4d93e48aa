/** Reads boards for tests/test_board_twins.py: one request a line on standard input, one answer a line on standard output. */
import { createInterface } from 'node:readline';
import { openBoard } from '../../overrides/assets/board.mjs';
import { checkedBy } from '../../overrides/assets/signature.mjs';
import { verify } from '../../overrides/assets/verify.mjs';
import { fromHex } from './vectors.mjs';

const isSigned = checkedBy(verify);
for await (const line of createInterface({ input: process.stdin })) {
  const { board, reply_key, tag_key, board_key, today, least_epoch } = JSON.parse(line);
  const bytes = new Uint8Array(Buffer.from(board, 'base64'));
  const keys = { replyKey: fromHex(reply_key), tagKey: fromHex(tag_key) };
  const known = { today, leastEpoch: least_epoch };
  const found = await openBoard(bytes, keys, fromHex(board_key), known, isSigned).catch((error) => ({ refused: error.check }));
  console.log(JSON.stringify(found));
}
