import { inBothSpellings } from '@meshery/object-model';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Needs } from '../access/needs.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { LogFiles } from './log-files.ts';

/** The log of the server as files, for administrators: it names users and what they did. */
@Controller('api/system')
@Needs('administer')
export class LogFilesController {
  readonly #files: LogFiles;

  constructor(@Inject(LogFiles) files: LogFiles) {
    this.#files = files;
  }

  @Get('logs')
  async list(): Promise<object> {
    return { files: (await this.#files.list()).map(inBothSpellings) };
  }

  @Get('fileDownload')
  async download(@Query() raw: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    await this.#send(raw, reply, 'attachment');
  }

  @Get('fileView')
  async view(@Query() raw: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    await this.#send(raw, reply, 'inline');
  }

  async #send(raw: RawQuery, reply: FastifyReply, disposition: string): Promise<void> {
    const id = single(raw, 'file');
    if (id === undefined) throw badParameter('file', 'is missing');
    const { handle, size } = await this.#files.open(id);
    void reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('content-disposition', `${disposition}; filename="${id}"`)
      .header('content-length', size);
    if (size === 0) {
      await handle.close();
      void reply.send('');
      return;
    }
    // A log that is being written is answered as far as it went when it was opened.
    void reply.send(handle.createReadStream({ start: 0, end: size - 1 }));
  }
}
