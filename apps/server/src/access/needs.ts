import type { Right } from '@meshery/security';
import { SetMetadata } from '@nestjs/common';

/** Key of the metadata that `Needs` leaves. */
export const neededRight = 'meshery:right';

/** The right that a handler needs, where its method does not say it: reading for GET and HEAD, writing for all others. */
export const Needs = (right: Right): MethodDecorator & ClassDecorator => SetMetadata(neededRight, right);
