/** The reference of the list: a bare Fastify route that answers the bytes of a file. Arguments: file, port. */
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

const [file, port] = process.argv.slice(2);
if (file === undefined || port === undefined) throw new Error('usage: bare-route.ts FILE PORT');

const text = readFileSync(file, 'utf8');
const app = fastify();
app.get('/page', (_request, reply) => {
  void reply.header('content-type', 'application/json; charset=utf-8').send(text);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
