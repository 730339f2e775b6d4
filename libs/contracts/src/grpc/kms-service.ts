import {
  DecryptRequest,
  DecryptResponse,
  EncryptRequest,
  EncryptResponse,
  StatusRequest,
  StatusResponse,
} from '../generated/kms/v2/kms.ts';
import { method } from './method.ts';

const path = (name: string): string => `/v2.KeyManagementService/${name}`;

/** v2.KeyManagementService: how plugins for key management services of Kubernetes (KMS v2) are asked. */
export const keyManagementServiceDefinition = {
  status: method(path('Status'), StatusRequest, StatusResponse),
  encrypt: method(path('Encrypt'), EncryptRequest, EncryptResponse),
  decrypt: method(path('Decrypt'), DecryptRequest, DecryptResponse),
};
