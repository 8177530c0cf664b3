/** What somebody has agreed to (README §6). */
import { Type } from 'typebox';
export declare const ConsentRecord: Type.TObject<{
    purpose: Type.TString;
    version: Type.TString;
    granted: Type.TBoolean;
    textHash: Type.TString;
    locale: Type.TString;
}>;
