import { All, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

const component = 'export default () => "The reference provider says hello.";\n';

/** The package of the provider, and what it answers to its own parts in the dashboard. */
@Controller()
export class PackageController {
  @Get('package.tar')
  package(@Res() reply: FastifyReply): void {
    const archive = Buffer.concat([tarEntry('reference.js', component), Buffer.alloc(1024)]);
    void reply.type('application/x-tar').send(archive);
  }

  @All(['extensions', 'extensions/*', 'provider/extension', 'provider/extension/*'])
  echo(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { method, url, body } = request;
    void reply
      .code(method === 'POST' ? 201 : 200)
      .send({ method, url, body, isKnown: request.headers.authorization !== undefined });
  }

  /** In the form of an answer of GraphQL; the schema is the provider's own affair. */
  @Post('graphql')
  @HttpCode(200)
  graphql(@Req() { body, headers }: FastifyRequest): object {
    return { data: {}, extensions: { asked: body, isKnown: headers.authorization !== undefined } };
  }
}

/** One file in the form of POSIX ustar. */
function tarEntry(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  const fields = [
    [name, 0],
    ['0000644\0', 100],
    [content.length.toString(8).padStart(11, '0'), 124],
    ['        0', 148],
    ['ustar\u000000', 257],
  ] as const;
  for (const [value, at] of fields) header.write(value, at);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
