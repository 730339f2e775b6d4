import { Module } from '@nestjs/common';
import { OpenApiController } from './openapi.controller.ts';

/** The API as an OpenAPI document. */
@Module({ controllers: [OpenApiController] })
export class OpenApiModule {}
