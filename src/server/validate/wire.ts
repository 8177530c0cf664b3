/** The schemas of the wire, compiled: the one check of frames and REST bodies that come from outside. */
import { Ajv } from 'ajv';
import { createValidator, type Validator } from '../../protocol/schema/validate.js';

/** Compiles on first use of each schema. Incoming schemas are open: unknown fields are ignored. */
export function createWireValidator(): Validator {
  return createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true, strictTypes: false, strictRequired: false, ownProperties: true }));
}
