import { MesheryError } from '@meshery/errors';
import { Controller, Delete, Get, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { laterFeature, laterPaths } from './later-routes.ts';

/** Tells whoever may call them that routes of published clients have no function yet. */
@Controller()
export class LaterController {
  @Get(laterPaths('GET'))
  read(@Req() request: FastifyRequest): never {
    throw notYet(request);
  }

  @Post(laterPaths('POST'))
  create(@Req() request: FastifyRequest): never {
    throw notYet(request);
  }

  @Put(laterPaths('PUT'))
  change(@Req() request: FastifyRequest): never {
    throw notYet(request);
  }

  @Delete(laterPaths('DELETE'))
  remove(@Req() request: FastifyRequest): never {
    throw notYet(request);
  }
}

function notYet({ method, routeOptions: { url = '' } }: FastifyRequest): MesheryError {
  const feature = laterFeature(method === 'HEAD' ? 'GET' : method, url);
  return new MesheryError('meshery-core-1009', feature?.what ?? 'This cannot be done yet.', {
    probableCause: 'The client knows more than this version of the server; nothing was changed.',
    remedy: feature?.instead ?? 'Update the server when there is a newer version.',
  });
}
