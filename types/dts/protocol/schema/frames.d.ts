/** Frames of the WebSocket (README §8). One JSON object per text message: {t, id?, re?, d}. */
import { Type } from 'typebox';
export declare const Cursor: Type.TObject<{
    stream: Type.TString;
    epoch: Type.TString;
    seq: Type.TInteger;
}>;
export declare const HelloFrame: Type.TObject<{
    t: Type.TLiteral<"hello">;
    id: Type.TInteger;
    d: Type.TObject<{
        v: Type.TArray<Type.TString>;
        caps: Type.TArray<Type.TString>;
        token: Type.TString;
        deviceId: Type.TString;
        tabId: Type.TString;
        client: Type.TObject<{
            name: Type.TString;
            version: Type.TString;
        }>;
        locale: Type.TOptional<Type.TString>;
        tz: Type.TOptional<Type.TString>;
        page: Type.TOptional<Type.TObject<{
            name: Type.TString;
        }>>;
        resume: Type.TArray<Type.TObject<{
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
        }>>;
    }>;
}>;
export declare const AuthFrame: Type.TObject<{
    t: Type.TLiteral<"auth">;
    id: Type.TInteger;
    d: Type.TObject<{
        token: Type.TString;
    }>;
}>;
export declare const SubFrame: Type.TObject<{
    t: Type.TLiteral<"sub">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TOptional<Type.TString>;
        seq: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const UnsubFrame: Type.TObject<{
    t: Type.TLiteral<"unsub">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
    }>;
}>;
export declare const SyncFrame: Type.TObject<{
    t: Type.TLiteral<"sync">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
    }>;
}>;
export declare const SubmitFrame: Type.TObject<{
    t: Type.TLiteral<"submit">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        cmid: Type.TString;
        clientAt: Type.TOptional<Type.TInteger>;
        ev: Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"message">;
            parts: Type.TArray<Type.TUnion<[Type.TObject<{
                kind: Type.TLiteral<"text">;
                text: Type.TString;
            }>, Type.TObject<{
                kind: Type.TLiteral<"buttons">;
                mode: Type.TUnsafe<"many" | "once">;
                buttons: Type.TArray<Type.TObject<{
                    id: Type.TString;
                    label: Type.TString;
                    style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                    do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                    to: Type.TOptional<Type.TString>;
                }>>;
                fallback: Type.TString;
            }>, Type.TObject<{
                kind: Type.TString;
                fallback: Type.TString;
            }>]>>;
            lang: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"close">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"consent">;
            consent: Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"action">;
            target: Type.TInteger;
            buttonId: Type.TString;
        }>, Type.TObject<{
            kind: Type.TLiteral<"escalate">;
            reason: Type.TOptional<Type.TString>;
            departmentId: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            session: Type.TString;
            state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
            key: Type.TOptional<Type.TString>;
            minutes: Type.TOptional<Type.TInteger>;
            reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
            consent: Type.TOptional<Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>>;
            resumes: Type.TOptional<Type.TString>;
            kind: Type.TLiteral<"cobrowse">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"accept">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"assign">;
            agentId: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"reopen">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"note">;
            text: Type.TString;
        }>, Type.TObject<{
            kind: Type.TLiteral<"form">;
            form: Type.TObject<{
                form: Type.TObject<{
                    questionnaire: Type.TString;
                    title: Type.TOptional<Type.TString>;
                }>;
                purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
                asked: Type.TOptional<Type.TObject<{
                    target: Type.TInteger;
                    buttonId: Type.TString;
                }>>;
                answers: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                response: Type.TUnsafe<Record<string, unknown>>;
                outcome: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    version: Type.TString;
                    status: Type.TUnsafe<"approved" | "draft">;
                    level: Type.TString;
                    title: Type.TString;
                    rule: Type.TString;
                    startedAt: Type.TInteger;
                    endedAt: Type.TInteger;
                    verdict: Type.TOptional<Type.TObject<{
                        result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                        level: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                        rule: Type.TOptional<Type.TString>;
                    }>>;
                }>>;
            }>;
        }>]>;
    }>;
}>;
export declare const AvailabilityFrame: Type.TObject<{
    t: Type.TLiteral<"availability">;
    id: Type.TInteger;
    d: Type.TObject<{
        state: Type.TUnsafe<"away" | "online">;
    }>;
}>;
export declare const ReceiptSignal: Type.TObject<{
    t: Type.TLiteral<"receipt">;
    d: Type.TObject<{
        stream: Type.TString;
        delivered: Type.TOptional<Type.TInteger>;
        read: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const TypingSignal: Type.TObject<{
    t: Type.TLiteral<"typing">;
    d: Type.TObject<{
        stream: Type.TString;
        on: Type.TBoolean;
    }>;
}>;
export declare const ActivitySignal: Type.TObject<{
    t: Type.TLiteral<"activity">;
    d: Type.TObject<{}>;
}>;
export declare const PageSignal: Type.TObject<{
    t: Type.TLiteral<"page">;
    d: Type.TObject<{
        name: Type.TString;
    }>;
}>;
export declare const LocaleSignal: Type.TObject<{
    t: Type.TLiteral<"locale">;
    d: Type.TObject<{
        locale: Type.TString;
    }>;
}>;
export declare const PingSignal: Type.TObject<{
    t: Type.TLiteral<"ping">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>;
export declare const PongSignal: Type.TObject<{
    t: Type.TLiteral<"pong">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>;
/** What a client sends. */
export declare const ClientFrame: Type.TUnion<[Type.TObject<{
    t: Type.TLiteral<"hello">;
    id: Type.TInteger;
    d: Type.TObject<{
        v: Type.TArray<Type.TString>;
        caps: Type.TArray<Type.TString>;
        token: Type.TString;
        deviceId: Type.TString;
        tabId: Type.TString;
        client: Type.TObject<{
            name: Type.TString;
            version: Type.TString;
        }>;
        locale: Type.TOptional<Type.TString>;
        tz: Type.TOptional<Type.TString>;
        page: Type.TOptional<Type.TObject<{
            name: Type.TString;
        }>>;
        resume: Type.TArray<Type.TObject<{
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
        }>>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"auth">;
    id: Type.TInteger;
    d: Type.TObject<{
        token: Type.TString;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"sub">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TOptional<Type.TString>;
        seq: Type.TOptional<Type.TInteger>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"unsub">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"sync">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"submit">;
    id: Type.TInteger;
    d: Type.TObject<{
        stream: Type.TString;
        cmid: Type.TString;
        clientAt: Type.TOptional<Type.TInteger>;
        ev: Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"message">;
            parts: Type.TArray<Type.TUnion<[Type.TObject<{
                kind: Type.TLiteral<"text">;
                text: Type.TString;
            }>, Type.TObject<{
                kind: Type.TLiteral<"buttons">;
                mode: Type.TUnsafe<"many" | "once">;
                buttons: Type.TArray<Type.TObject<{
                    id: Type.TString;
                    label: Type.TString;
                    style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                    do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                    to: Type.TOptional<Type.TString>;
                }>>;
                fallback: Type.TString;
            }>, Type.TObject<{
                kind: Type.TString;
                fallback: Type.TString;
            }>]>>;
            lang: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"close">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"consent">;
            consent: Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"action">;
            target: Type.TInteger;
            buttonId: Type.TString;
        }>, Type.TObject<{
            kind: Type.TLiteral<"escalate">;
            reason: Type.TOptional<Type.TString>;
            departmentId: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            session: Type.TString;
            state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
            key: Type.TOptional<Type.TString>;
            minutes: Type.TOptional<Type.TInteger>;
            reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
            consent: Type.TOptional<Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>>;
            resumes: Type.TOptional<Type.TString>;
            kind: Type.TLiteral<"cobrowse">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"accept">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"assign">;
            agentId: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"reopen">;
        }>, Type.TObject<{
            kind: Type.TLiteral<"note">;
            text: Type.TString;
        }>, Type.TObject<{
            kind: Type.TLiteral<"form">;
            form: Type.TObject<{
                form: Type.TObject<{
                    questionnaire: Type.TString;
                    title: Type.TOptional<Type.TString>;
                }>;
                purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
                asked: Type.TOptional<Type.TObject<{
                    target: Type.TInteger;
                    buttonId: Type.TString;
                }>>;
                answers: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                response: Type.TUnsafe<Record<string, unknown>>;
                outcome: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    version: Type.TString;
                    status: Type.TUnsafe<"approved" | "draft">;
                    level: Type.TString;
                    title: Type.TString;
                    rule: Type.TString;
                    startedAt: Type.TInteger;
                    endedAt: Type.TInteger;
                    verdict: Type.TOptional<Type.TObject<{
                        result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                        level: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                        rule: Type.TOptional<Type.TString>;
                    }>>;
                }>>;
            }>;
        }>]>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"availability">;
    id: Type.TInteger;
    d: Type.TObject<{
        state: Type.TUnsafe<"away" | "online">;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"receipt">;
    d: Type.TObject<{
        stream: Type.TString;
        delivered: Type.TOptional<Type.TInteger>;
        read: Type.TOptional<Type.TInteger>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"typing">;
    d: Type.TObject<{
        stream: Type.TString;
        on: Type.TBoolean;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"activity">;
    d: Type.TObject<{}>;
}>, Type.TObject<{
    t: Type.TLiteral<"page">;
    d: Type.TObject<{
        name: Type.TString;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"locale">;
    d: Type.TObject<{
        locale: Type.TString;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"ping">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"pong">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>]>;
export declare const StreamStart: Type.TObject<{
    stream: Type.TString;
    epoch: Type.TString;
    head: Type.TInteger;
    mode: Type.TUnsafe<"reset" | "resume">;
    state: Type.TOptional<Type.TObject<{
        status: Type.TUnsafe<"closed" | "open" | "waiting">;
        departmentId: Type.TOptional<Type.TString>;
        agent: Type.TOptional<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        watermarks: Type.TArray<Type.TObject<{
            who: Type.TString;
            role: Type.TUnsafe<"agent" | "visitor">;
            delivered: Type.TInteger;
            read: Type.TInteger;
        }>>;
        createdAt: Type.TInteger;
    }>>;
}>;
export declare const WelcomeFrame: Type.TObject<{
    t: Type.TLiteral<"welcome">;
    re: Type.TInteger;
    d: Type.TObject<{
        v: Type.TString;
        connId: Type.TString;
        caps: Type.TArray<Type.TString>;
        limits: Type.TObject<{
            frameBytes: Type.TInteger;
            textChars: Type.TInteger;
            partsPerMessage: Type.TInteger;
            inflightPerStream: Type.TInteger;
            submitPerMin: Type.TInteger;
            typingMinMs: Type.TInteger;
            resumeMax: Type.TInteger;
            pageMax: Type.TInteger;
        }>;
        hb: Type.TObject<{
            intervalMs: Type.TInteger;
            graceMs: Type.TInteger;
        }>;
        serverTime: Type.TInteger;
        tokenExpiresAt: Type.TInteger;
        subject: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "visitor">;
        }>;
        streams: Type.TArray<Type.TObject<{
            stream: Type.TString;
            epoch: Type.TString;
            head: Type.TInteger;
            mode: Type.TUnsafe<"reset" | "resume">;
            state: Type.TOptional<Type.TObject<{
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                departmentId: Type.TOptional<Type.TString>;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                watermarks: Type.TArray<Type.TObject<{
                    who: Type.TString;
                    role: Type.TUnsafe<"agent" | "visitor">;
                    delivered: Type.TInteger;
                    read: Type.TInteger;
                }>>;
                createdAt: Type.TInteger;
            }>>;
        }>>;
        availability: Type.TOptional<Type.TObject<{
            v: Type.TInteger;
            state: Type.TUnsafe<"offline" | "online">;
            departments: Type.TArray<Type.TObject<{
                id: Type.TString;
                state: Type.TUnsafe<"offline" | "online">;
                opensAt: Type.TOptional<Type.TInteger>;
                closesAt: Type.TOptional<Type.TInteger>;
            }>>;
            agents: Type.TArray<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            opensAt: Type.TOptional<Type.TInteger>;
        }>>;
        desk: Type.TOptional<Type.TObject<{
            agent: Type.TObject<{
                id: Type.TString;
                email: Type.TString;
                name: Type.TString;
                title: Type.TString;
                departments: Type.TArray<Type.TString>;
            }>;
            clinicName: Type.TString;
            departments: Type.TArray<Type.TObject<{
                id: Type.TString;
                name: Type.TRecord<"^.*$", Type.TString>;
                preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
            }>>;
            agents: Type.TArray<Type.TObject<{
                id: Type.TString;
                name: Type.TString;
                title: Type.TString;
                state: Type.TUnsafe<"away" | "offline" | "online">;
            }>>;
            state: Type.TUnsafe<"away" | "online">;
            list: Type.TArray<Type.TObject<{
                id: Type.TString;
                v: Type.TInteger;
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                departmentId: Type.TOptional<Type.TString>;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                visitor: Type.TObject<{
                    id: Type.TString;
                    name: Type.TOptional<Type.TString>;
                    locale: Type.TOptional<Type.TString>;
                    online: Type.TBoolean;
                    page: Type.TOptional<Type.TString>;
                }>;
                createdAt: Type.TInteger;
                waitingSince: Type.TOptional<Type.TInteger>;
                closedAt: Type.TOptional<Type.TInteger>;
                head: Type.TInteger;
                lastAt: Type.TInteger;
                lastMessage: Type.TOptional<Type.TObject<{
                    by: Type.TObject<{
                        id: Type.TString;
                        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                        name: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                    }>;
                    text: Type.TString;
                    seq: Type.TInteger;
                }>>;
                check: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    level: Type.TString;
                    title: Type.TString;
                    differs: Type.TOptional<Type.TString>;
                }>>;
                unread: Type.TInteger;
                preChat: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                bot: Type.TOptional<Type.TBoolean>;
                offline: Type.TOptional<Type.TObject<{
                    reference: Type.TString;
                    promisedAt: Type.TOptional<Type.TInteger>;
                }>>;
                priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
                language: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
}>;
export declare const OkFrame: Type.TObject<{
    t: Type.TLiteral<"ok">;
    re: Type.TInteger;
    d: Type.TUnion<[Type.TObject<{
        stream: Type.TString;
        cmid: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        eventId: Type.TString;
        at: Type.TInteger;
        dup: Type.TOptional<Type.TBoolean>;
    }>, Type.TObject<{
        expiresAt: Type.TInteger;
    }>, Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        head: Type.TInteger;
        mode: Type.TUnsafe<"reset" | "resume">;
        state: Type.TOptional<Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            watermarks: Type.TArray<Type.TObject<{
                who: Type.TString;
                role: Type.TUnsafe<"agent" | "visitor">;
                delivered: Type.TInteger;
                read: Type.TInteger;
            }>>;
            createdAt: Type.TInteger;
        }>>;
    }>, Type.TObject<{}>]>;
}>;
export declare const ErrFrame: Type.TObject<{
    t: Type.TLiteral<"err">;
    re: Type.TOptional<Type.TInteger>;
    d: Type.TObject<{
        type: Type.TString;
        title: Type.TString;
        status: Type.TInteger;
        code: Type.TString;
        detail: Type.TOptional<Type.TString>;
        retryable: Type.TOptional<Type.TBoolean>;
        retryAfterMs: Type.TOptional<Type.TInteger>;
        errors: Type.TOptional<Type.TArray<Type.TObject<{
            pointer: Type.TString;
            code: Type.TString;
        }>>>;
        limit: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const EventFrame: Type.TObject<{
    t: Type.TLiteral<"event">;
    d: Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"message">;
        d: Type.TUnion<[Type.TObject<{
            parts: Type.TArray<Type.TUnion<[Type.TObject<{
                kind: Type.TLiteral<"text">;
                text: Type.TString;
            }>, Type.TObject<{
                kind: Type.TLiteral<"buttons">;
                mode: Type.TUnsafe<"many" | "once">;
                buttons: Type.TArray<Type.TObject<{
                    id: Type.TString;
                    label: Type.TString;
                    style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                    do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                    to: Type.TOptional<Type.TString>;
                }>>;
                fallback: Type.TString;
            }>, Type.TObject<{
                kind: Type.TString;
                fallback: Type.TString;
            }>]>>;
            lang: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            tombstone: Type.TLiteral<true>;
            retractedBySeq: Type.TOptional<Type.TInteger>;
        }>]>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"status">;
        d: Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"assignment">;
        d: Type.TObject<{
            state: Type.TUnsafe<"assigned" | "queued">;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            departmentId: Type.TOptional<Type.TString>;
            reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"participant.joined">;
        d: Type.TObject<{
            who: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"participant.left">;
        d: Type.TObject<{
            who: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"consent">;
        d: Type.TObject<{
            purpose: Type.TString;
            version: Type.TString;
            granted: Type.TBoolean;
            textHash: Type.TString;
            locale: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"form.answered">;
        d: Type.TObject<{
            form: Type.TObject<{
                questionnaire: Type.TString;
                title: Type.TOptional<Type.TString>;
            }>;
            purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
            asked: Type.TOptional<Type.TObject<{
                target: Type.TInteger;
                buttonId: Type.TString;
            }>>;
            answers: Type.TArray<Type.TObject<{
                linkId: Type.TString;
                question: Type.TString;
                answers: Type.TArray<Type.TString>;
                at: Type.TOptional<Type.TInteger>;
                changed: Type.TOptional<Type.TBoolean>;
                skipped: Type.TOptional<Type.TBoolean>;
                source: Type.TOptional<Type.TUnsafe<"page">>;
            }>>;
            response: Type.TUnsafe<Record<string, unknown>>;
            outcome: Type.TOptional<Type.TObject<{
                checker: Type.TString;
                version: Type.TString;
                status: Type.TUnsafe<"approved" | "draft">;
                level: Type.TString;
                title: Type.TString;
                rule: Type.TString;
                startedAt: Type.TInteger;
                endedAt: Type.TInteger;
                verdict: Type.TOptional<Type.TObject<{
                    result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                    level: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                    rule: Type.TOptional<Type.TString>;
                }>>;
            }>>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"action">;
        d: Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
            label: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"escalated">;
        d: Type.TObject<{
            cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
            reason: Type.TOptional<Type.TString>;
            departmentId: Type.TOptional<Type.TString>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"cobrowse">;
        d: Type.TObject<{
            session: Type.TString;
            state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
            key: Type.TOptional<Type.TString>;
            minutes: Type.TOptional<Type.TInteger>;
            reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
            consent: Type.TOptional<Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>>;
            resumes: Type.TOptional<Type.TString>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"note">;
        d: Type.TObject<{
            text: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"conversation.created">;
        d: Type.TObject<{
            conversationId: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"conversation.updated">;
        d: Type.TObject<{
            conversationId: Type.TString;
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>]>;
}>;
export declare const EventsFrame: Type.TObject<{
    t: Type.TLiteral<"events">;
    d: Type.TObject<{
        stream: Type.TString;
        list: Type.TArray<Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"message">;
            d: Type.TUnion<[Type.TObject<{
                parts: Type.TArray<Type.TUnion<[Type.TObject<{
                    kind: Type.TLiteral<"text">;
                    text: Type.TString;
                }>, Type.TObject<{
                    kind: Type.TLiteral<"buttons">;
                    mode: Type.TUnsafe<"many" | "once">;
                    buttons: Type.TArray<Type.TObject<{
                        id: Type.TString;
                        label: Type.TString;
                        style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                        do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                        to: Type.TOptional<Type.TString>;
                    }>>;
                    fallback: Type.TString;
                }>, Type.TObject<{
                    kind: Type.TString;
                    fallback: Type.TString;
                }>]>>;
                lang: Type.TOptional<Type.TString>;
            }>, Type.TObject<{
                tombstone: Type.TLiteral<true>;
                retractedBySeq: Type.TOptional<Type.TInteger>;
            }>]>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"status">;
            d: Type.TObject<{
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"assignment">;
            d: Type.TObject<{
                state: Type.TUnsafe<"assigned" | "queued">;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                departmentId: Type.TOptional<Type.TString>;
                reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"participant.joined">;
            d: Type.TObject<{
                who: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"participant.left">;
            d: Type.TObject<{
                who: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"consent">;
            d: Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"form.answered">;
            d: Type.TObject<{
                form: Type.TObject<{
                    questionnaire: Type.TString;
                    title: Type.TOptional<Type.TString>;
                }>;
                purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
                asked: Type.TOptional<Type.TObject<{
                    target: Type.TInteger;
                    buttonId: Type.TString;
                }>>;
                answers: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                response: Type.TUnsafe<Record<string, unknown>>;
                outcome: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    version: Type.TString;
                    status: Type.TUnsafe<"approved" | "draft">;
                    level: Type.TString;
                    title: Type.TString;
                    rule: Type.TString;
                    startedAt: Type.TInteger;
                    endedAt: Type.TInteger;
                    verdict: Type.TOptional<Type.TObject<{
                        result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                        level: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                        rule: Type.TOptional<Type.TString>;
                    }>>;
                }>>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"action">;
            d: Type.TObject<{
                target: Type.TInteger;
                buttonId: Type.TString;
                label: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"escalated">;
            d: Type.TObject<{
                cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
                reason: Type.TOptional<Type.TString>;
                departmentId: Type.TOptional<Type.TString>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"cobrowse">;
            d: Type.TObject<{
                session: Type.TString;
                state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
                key: Type.TOptional<Type.TString>;
                minutes: Type.TOptional<Type.TInteger>;
                reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
                consent: Type.TOptional<Type.TObject<{
                    purpose: Type.TString;
                    version: Type.TString;
                    granted: Type.TBoolean;
                    textHash: Type.TString;
                    locale: Type.TString;
                }>>;
                resumes: Type.TOptional<Type.TString>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"note">;
            d: Type.TObject<{
                text: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"conversation.created">;
            d: Type.TObject<{
                conversationId: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"conversation.updated">;
            d: Type.TObject<{
                conversationId: Type.TString;
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>]>>;
    }>;
}>;
export declare const ResetFrame: Type.TObject<{
    t: Type.TLiteral<"reset">;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        head: Type.TInteger;
        floor: Type.TInteger;
        reason: Type.TUnsafe<"ahead" | "epoch" | "pruned" | "too-far">;
        state: Type.TOptional<Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            watermarks: Type.TArray<Type.TObject<{
                who: Type.TString;
                role: Type.TUnsafe<"agent" | "visitor">;
                delivered: Type.TInteger;
                read: Type.TInteger;
            }>>;
            createdAt: Type.TInteger;
        }>>;
    }>;
}>;
export declare const ReceiptFrame: Type.TObject<{
    t: Type.TLiteral<"receipt">;
    d: Type.TObject<{
        stream: Type.TString;
        who: Type.TString;
        role: Type.TUnsafe<"agent" | "visitor">;
        delivered: Type.TInteger;
        read: Type.TInteger;
    }>;
}>;
export declare const TypingFrame: Type.TObject<{
    t: Type.TLiteral<"typing">;
    d: Type.TObject<{
        stream: Type.TString;
        who: Type.TString;
        name: Type.TOptional<Type.TString>;
        on: Type.TBoolean;
    }>;
}>;
export declare const PresenceFrame: Type.TObject<{
    t: Type.TLiteral<"presence">;
    d: Type.TObject<{
        v: Type.TInteger;
        state: Type.TUnsafe<"offline" | "online">;
        departments: Type.TArray<Type.TObject<{
            id: Type.TString;
            state: Type.TUnsafe<"offline" | "online">;
            opensAt: Type.TOptional<Type.TInteger>;
            closesAt: Type.TOptional<Type.TInteger>;
        }>>;
        agents: Type.TArray<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        opensAt: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const SummaryFrame: Type.TObject<{
    t: Type.TLiteral<"summary">;
    d: Type.TObject<{
        summary: Type.TOptional<Type.TObject<{
            id: Type.TString;
            v: Type.TInteger;
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            visitor: Type.TObject<{
                id: Type.TString;
                name: Type.TOptional<Type.TString>;
                locale: Type.TOptional<Type.TString>;
                online: Type.TBoolean;
                page: Type.TOptional<Type.TString>;
            }>;
            createdAt: Type.TInteger;
            waitingSince: Type.TOptional<Type.TInteger>;
            closedAt: Type.TOptional<Type.TInteger>;
            head: Type.TInteger;
            lastAt: Type.TInteger;
            lastMessage: Type.TOptional<Type.TObject<{
                by: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
                text: Type.TString;
                seq: Type.TInteger;
            }>>;
            check: Type.TOptional<Type.TObject<{
                checker: Type.TString;
                level: Type.TString;
                title: Type.TString;
                differs: Type.TOptional<Type.TString>;
            }>>;
            unread: Type.TInteger;
            preChat: Type.TArray<Type.TObject<{
                linkId: Type.TString;
                question: Type.TString;
                answers: Type.TArray<Type.TString>;
                at: Type.TOptional<Type.TInteger>;
                changed: Type.TOptional<Type.TBoolean>;
                skipped: Type.TOptional<Type.TBoolean>;
                source: Type.TOptional<Type.TUnsafe<"page">>;
            }>>;
            bot: Type.TOptional<Type.TBoolean>;
            offline: Type.TOptional<Type.TObject<{
                reference: Type.TString;
                promisedAt: Type.TOptional<Type.TInteger>;
            }>>;
            priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
            language: Type.TOptional<Type.TString>;
        }>>;
        removed: Type.TOptional<Type.TString>;
    }>;
}>;
export declare const ColleagueFrame: Type.TObject<{
    t: Type.TLiteral<"colleague">;
    d: Type.TObject<{
        id: Type.TString;
        state: Type.TUnsafe<"away" | "offline" | "online">;
    }>;
}>;
export declare const AuthExpiringFrame: Type.TObject<{
    t: Type.TLiteral<"auth.expiring">;
    d: Type.TObject<{
        inMs: Type.TInteger;
    }>;
}>;
export declare const NoticeFrame: Type.TObject<{
    t: Type.TLiteral<"notice">;
    d: Type.TObject<{
        code: Type.TString;
        text: Type.TOptional<Type.TString>;
        until: Type.TOptional<Type.TInteger>;
    }>;
}>;
export declare const ByeFrame: Type.TObject<{
    t: Type.TLiteral<"bye">;
    d: Type.TObject<{
        code: Type.TInteger;
        reason: Type.TString;
        reconnect: Type.TBoolean;
        retryAfterMs: Type.TOptional<Type.TInteger>;
        wipe: Type.TOptional<Type.TBoolean>;
    }>;
}>;
/** What a server sends. */
export declare const ServerFrame: Type.TUnion<[Type.TObject<{
    t: Type.TLiteral<"welcome">;
    re: Type.TInteger;
    d: Type.TObject<{
        v: Type.TString;
        connId: Type.TString;
        caps: Type.TArray<Type.TString>;
        limits: Type.TObject<{
            frameBytes: Type.TInteger;
            textChars: Type.TInteger;
            partsPerMessage: Type.TInteger;
            inflightPerStream: Type.TInteger;
            submitPerMin: Type.TInteger;
            typingMinMs: Type.TInteger;
            resumeMax: Type.TInteger;
            pageMax: Type.TInteger;
        }>;
        hb: Type.TObject<{
            intervalMs: Type.TInteger;
            graceMs: Type.TInteger;
        }>;
        serverTime: Type.TInteger;
        tokenExpiresAt: Type.TInteger;
        subject: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "visitor">;
        }>;
        streams: Type.TArray<Type.TObject<{
            stream: Type.TString;
            epoch: Type.TString;
            head: Type.TInteger;
            mode: Type.TUnsafe<"reset" | "resume">;
            state: Type.TOptional<Type.TObject<{
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                departmentId: Type.TOptional<Type.TString>;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                watermarks: Type.TArray<Type.TObject<{
                    who: Type.TString;
                    role: Type.TUnsafe<"agent" | "visitor">;
                    delivered: Type.TInteger;
                    read: Type.TInteger;
                }>>;
                createdAt: Type.TInteger;
            }>>;
        }>>;
        availability: Type.TOptional<Type.TObject<{
            v: Type.TInteger;
            state: Type.TUnsafe<"offline" | "online">;
            departments: Type.TArray<Type.TObject<{
                id: Type.TString;
                state: Type.TUnsafe<"offline" | "online">;
                opensAt: Type.TOptional<Type.TInteger>;
                closesAt: Type.TOptional<Type.TInteger>;
            }>>;
            agents: Type.TArray<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            opensAt: Type.TOptional<Type.TInteger>;
        }>>;
        desk: Type.TOptional<Type.TObject<{
            agent: Type.TObject<{
                id: Type.TString;
                email: Type.TString;
                name: Type.TString;
                title: Type.TString;
                departments: Type.TArray<Type.TString>;
            }>;
            clinicName: Type.TString;
            departments: Type.TArray<Type.TObject<{
                id: Type.TString;
                name: Type.TRecord<"^.*$", Type.TString>;
                preChat: Type.TOptional<Type.TUnsafe<Record<string, unknown>>>;
            }>>;
            agents: Type.TArray<Type.TObject<{
                id: Type.TString;
                name: Type.TString;
                title: Type.TString;
                state: Type.TUnsafe<"away" | "offline" | "online">;
            }>>;
            state: Type.TUnsafe<"away" | "online">;
            list: Type.TArray<Type.TObject<{
                id: Type.TString;
                v: Type.TInteger;
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                departmentId: Type.TOptional<Type.TString>;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                visitor: Type.TObject<{
                    id: Type.TString;
                    name: Type.TOptional<Type.TString>;
                    locale: Type.TOptional<Type.TString>;
                    online: Type.TBoolean;
                    page: Type.TOptional<Type.TString>;
                }>;
                createdAt: Type.TInteger;
                waitingSince: Type.TOptional<Type.TInteger>;
                closedAt: Type.TOptional<Type.TInteger>;
                head: Type.TInteger;
                lastAt: Type.TInteger;
                lastMessage: Type.TOptional<Type.TObject<{
                    by: Type.TObject<{
                        id: Type.TString;
                        role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                        name: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                    }>;
                    text: Type.TString;
                    seq: Type.TInteger;
                }>>;
                check: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    level: Type.TString;
                    title: Type.TString;
                    differs: Type.TOptional<Type.TString>;
                }>>;
                unread: Type.TInteger;
                preChat: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                bot: Type.TOptional<Type.TBoolean>;
                offline: Type.TOptional<Type.TObject<{
                    reference: Type.TString;
                    promisedAt: Type.TOptional<Type.TInteger>;
                }>>;
                priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
                language: Type.TOptional<Type.TString>;
            }>>;
        }>>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"ok">;
    re: Type.TInteger;
    d: Type.TUnion<[Type.TObject<{
        stream: Type.TString;
        cmid: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        eventId: Type.TString;
        at: Type.TInteger;
        dup: Type.TOptional<Type.TBoolean>;
    }>, Type.TObject<{
        expiresAt: Type.TInteger;
    }>, Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        head: Type.TInteger;
        mode: Type.TUnsafe<"reset" | "resume">;
        state: Type.TOptional<Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            watermarks: Type.TArray<Type.TObject<{
                who: Type.TString;
                role: Type.TUnsafe<"agent" | "visitor">;
                delivered: Type.TInteger;
                read: Type.TInteger;
            }>>;
            createdAt: Type.TInteger;
        }>>;
    }>, Type.TObject<{}>]>;
}>, Type.TObject<{
    t: Type.TLiteral<"err">;
    re: Type.TOptional<Type.TInteger>;
    d: Type.TObject<{
        type: Type.TString;
        title: Type.TString;
        status: Type.TInteger;
        code: Type.TString;
        detail: Type.TOptional<Type.TString>;
        retryable: Type.TOptional<Type.TBoolean>;
        retryAfterMs: Type.TOptional<Type.TInteger>;
        errors: Type.TOptional<Type.TArray<Type.TObject<{
            pointer: Type.TString;
            code: Type.TString;
        }>>>;
        limit: Type.TOptional<Type.TInteger>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"event">;
    d: Type.TUnion<[Type.TObject<{
        kind: Type.TLiteral<"message">;
        d: Type.TUnion<[Type.TObject<{
            parts: Type.TArray<Type.TUnion<[Type.TObject<{
                kind: Type.TLiteral<"text">;
                text: Type.TString;
            }>, Type.TObject<{
                kind: Type.TLiteral<"buttons">;
                mode: Type.TUnsafe<"many" | "once">;
                buttons: Type.TArray<Type.TObject<{
                    id: Type.TString;
                    label: Type.TString;
                    style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                    do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                    to: Type.TOptional<Type.TString>;
                }>>;
                fallback: Type.TString;
            }>, Type.TObject<{
                kind: Type.TString;
                fallback: Type.TString;
            }>]>>;
            lang: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            tombstone: Type.TLiteral<true>;
            retractedBySeq: Type.TOptional<Type.TInteger>;
        }>]>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"status">;
        d: Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"assignment">;
        d: Type.TObject<{
            state: Type.TUnsafe<"assigned" | "queued">;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            departmentId: Type.TOptional<Type.TString>;
            reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"participant.joined">;
        d: Type.TObject<{
            who: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"participant.left">;
        d: Type.TObject<{
            who: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"consent">;
        d: Type.TObject<{
            purpose: Type.TString;
            version: Type.TString;
            granted: Type.TBoolean;
            textHash: Type.TString;
            locale: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"form.answered">;
        d: Type.TObject<{
            form: Type.TObject<{
                questionnaire: Type.TString;
                title: Type.TOptional<Type.TString>;
            }>;
            purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
            asked: Type.TOptional<Type.TObject<{
                target: Type.TInteger;
                buttonId: Type.TString;
            }>>;
            answers: Type.TArray<Type.TObject<{
                linkId: Type.TString;
                question: Type.TString;
                answers: Type.TArray<Type.TString>;
                at: Type.TOptional<Type.TInteger>;
                changed: Type.TOptional<Type.TBoolean>;
                skipped: Type.TOptional<Type.TBoolean>;
                source: Type.TOptional<Type.TUnsafe<"page">>;
            }>>;
            response: Type.TUnsafe<Record<string, unknown>>;
            outcome: Type.TOptional<Type.TObject<{
                checker: Type.TString;
                version: Type.TString;
                status: Type.TUnsafe<"approved" | "draft">;
                level: Type.TString;
                title: Type.TString;
                rule: Type.TString;
                startedAt: Type.TInteger;
                endedAt: Type.TInteger;
                verdict: Type.TOptional<Type.TObject<{
                    result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                    level: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                    rule: Type.TOptional<Type.TString>;
                }>>;
            }>>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"action">;
        d: Type.TObject<{
            target: Type.TInteger;
            buttonId: Type.TString;
            label: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"escalated">;
        d: Type.TObject<{
            cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
            reason: Type.TOptional<Type.TString>;
            departmentId: Type.TOptional<Type.TString>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"cobrowse">;
        d: Type.TObject<{
            session: Type.TString;
            state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
            key: Type.TOptional<Type.TString>;
            minutes: Type.TOptional<Type.TInteger>;
            reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
            consent: Type.TOptional<Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>>;
            resumes: Type.TOptional<Type.TString>;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"note">;
        d: Type.TObject<{
            text: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"conversation.created">;
        d: Type.TObject<{
            conversationId: Type.TString;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>, Type.TObject<{
        kind: Type.TLiteral<"conversation.updated">;
        d: Type.TObject<{
            conversationId: Type.TString;
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
        }>;
        stream: Type.TString;
        epoch: Type.TString;
        seq: Type.TInteger;
        id: Type.TString;
        at: Type.TInteger;
        by: Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>;
        cmid: Type.TOptional<Type.TString>;
        dev: Type.TOptional<Type.TString>;
    }>]>;
}>, Type.TObject<{
    t: Type.TLiteral<"events">;
    d: Type.TObject<{
        stream: Type.TString;
        list: Type.TArray<Type.TUnion<[Type.TObject<{
            kind: Type.TLiteral<"message">;
            d: Type.TUnion<[Type.TObject<{
                parts: Type.TArray<Type.TUnion<[Type.TObject<{
                    kind: Type.TLiteral<"text">;
                    text: Type.TString;
                }>, Type.TObject<{
                    kind: Type.TLiteral<"buttons">;
                    mode: Type.TUnsafe<"many" | "once">;
                    buttons: Type.TArray<Type.TObject<{
                        id: Type.TString;
                        label: Type.TString;
                        style: Type.TOptional<Type.TUnsafe<"primary" | "quiet">>;
                        do: Type.TUnsafe<"call" | "checker" | "department" | "form" | "handoff" | "reply" | "url">;
                        to: Type.TOptional<Type.TString>;
                    }>>;
                    fallback: Type.TString;
                }>, Type.TObject<{
                    kind: Type.TString;
                    fallback: Type.TString;
                }>]>>;
                lang: Type.TOptional<Type.TString>;
            }>, Type.TObject<{
                tombstone: Type.TLiteral<true>;
                retractedBySeq: Type.TOptional<Type.TInteger>;
            }>]>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"status">;
            d: Type.TObject<{
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
                reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent" | "idle" | "reopened" | "returned" | "visitor">>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"assignment">;
            d: Type.TObject<{
                state: Type.TUnsafe<"assigned" | "queued">;
                agent: Type.TOptional<Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>>;
                departmentId: Type.TOptional<Type.TString>;
                reason: Type.TOptional<Type.TUnsafe<"accepted" | "agent-lost" | "assigned" | "created" | "escalated" | "reopened" | "returned">>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"participant.joined">;
            d: Type.TObject<{
                who: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"participant.left">;
            d: Type.TObject<{
                who: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"consent">;
            d: Type.TObject<{
                purpose: Type.TString;
                version: Type.TString;
                granted: Type.TBoolean;
                textHash: Type.TString;
                locale: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"form.answered">;
            d: Type.TObject<{
                form: Type.TObject<{
                    questionnaire: Type.TString;
                    title: Type.TOptional<Type.TString>;
                }>;
                purpose: Type.TUnsafe<"checker" | "in-chat" | "offline" | "pre-chat" | "rating">;
                asked: Type.TOptional<Type.TObject<{
                    target: Type.TInteger;
                    buttonId: Type.TString;
                }>>;
                answers: Type.TArray<Type.TObject<{
                    linkId: Type.TString;
                    question: Type.TString;
                    answers: Type.TArray<Type.TString>;
                    at: Type.TOptional<Type.TInteger>;
                    changed: Type.TOptional<Type.TBoolean>;
                    skipped: Type.TOptional<Type.TBoolean>;
                    source: Type.TOptional<Type.TUnsafe<"page">>;
                }>>;
                response: Type.TUnsafe<Record<string, unknown>>;
                outcome: Type.TOptional<Type.TObject<{
                    checker: Type.TString;
                    version: Type.TString;
                    status: Type.TUnsafe<"approved" | "draft">;
                    level: Type.TString;
                    title: Type.TString;
                    rule: Type.TString;
                    startedAt: Type.TInteger;
                    endedAt: Type.TInteger;
                    verdict: Type.TOptional<Type.TObject<{
                        result: Type.TUnsafe<"differs" | "same" | "unchecked">;
                        level: Type.TOptional<Type.TString>;
                        title: Type.TOptional<Type.TString>;
                        rule: Type.TOptional<Type.TString>;
                    }>>;
                }>>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"action">;
            d: Type.TObject<{
                target: Type.TInteger;
                buttonId: Type.TString;
                label: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"escalated">;
            d: Type.TObject<{
                cause: Type.TUnsafe<"bot" | "checker" | "failed" | "visitor">;
                reason: Type.TOptional<Type.TString>;
                departmentId: Type.TOptional<Type.TString>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"cobrowse">;
            d: Type.TObject<{
                session: Type.TString;
                state: Type.TUnsafe<"declined" | "ended" | "granted" | "requested">;
                key: Type.TOptional<Type.TString>;
                minutes: Type.TOptional<Type.TInteger>;
                reason: Type.TOptional<Type.TUnsafe<"closed" | "error" | "left" | "nurse" | "patient" | "rate" | "stopped" | "timeout" | "unsupported">>;
                consent: Type.TOptional<Type.TObject<{
                    purpose: Type.TString;
                    version: Type.TString;
                    granted: Type.TBoolean;
                    textHash: Type.TString;
                    locale: Type.TString;
                }>>;
                resumes: Type.TOptional<Type.TString>;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"note">;
            d: Type.TObject<{
                text: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"conversation.created">;
            d: Type.TObject<{
                conversationId: Type.TString;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>, Type.TObject<{
            kind: Type.TLiteral<"conversation.updated">;
            d: Type.TObject<{
                conversationId: Type.TString;
                status: Type.TUnsafe<"closed" | "open" | "waiting">;
            }>;
            stream: Type.TString;
            epoch: Type.TString;
            seq: Type.TInteger;
            id: Type.TString;
            at: Type.TInteger;
            by: Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>;
            cmid: Type.TOptional<Type.TString>;
            dev: Type.TOptional<Type.TString>;
        }>]>>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"reset">;
    d: Type.TObject<{
        stream: Type.TString;
        epoch: Type.TString;
        head: Type.TInteger;
        floor: Type.TInteger;
        reason: Type.TUnsafe<"ahead" | "epoch" | "pruned" | "too-far">;
        state: Type.TOptional<Type.TObject<{
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            watermarks: Type.TArray<Type.TObject<{
                who: Type.TString;
                role: Type.TUnsafe<"agent" | "visitor">;
                delivered: Type.TInteger;
                read: Type.TInteger;
            }>>;
            createdAt: Type.TInteger;
        }>>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"receipt">;
    d: Type.TObject<{
        stream: Type.TString;
        who: Type.TString;
        role: Type.TUnsafe<"agent" | "visitor">;
        delivered: Type.TInteger;
        read: Type.TInteger;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"typing">;
    d: Type.TObject<{
        stream: Type.TString;
        who: Type.TString;
        name: Type.TOptional<Type.TString>;
        on: Type.TBoolean;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"presence">;
    d: Type.TObject<{
        v: Type.TInteger;
        state: Type.TUnsafe<"offline" | "online">;
        departments: Type.TArray<Type.TObject<{
            id: Type.TString;
            state: Type.TUnsafe<"offline" | "online">;
            opensAt: Type.TOptional<Type.TInteger>;
            closesAt: Type.TOptional<Type.TInteger>;
        }>>;
        agents: Type.TArray<Type.TObject<{
            id: Type.TString;
            role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
            name: Type.TOptional<Type.TString>;
            title: Type.TOptional<Type.TString>;
        }>>;
        opensAt: Type.TOptional<Type.TInteger>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"summary">;
    d: Type.TObject<{
        summary: Type.TOptional<Type.TObject<{
            id: Type.TString;
            v: Type.TInteger;
            status: Type.TUnsafe<"closed" | "open" | "waiting">;
            departmentId: Type.TOptional<Type.TString>;
            agent: Type.TOptional<Type.TObject<{
                id: Type.TString;
                role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                name: Type.TOptional<Type.TString>;
                title: Type.TOptional<Type.TString>;
            }>>;
            visitor: Type.TObject<{
                id: Type.TString;
                name: Type.TOptional<Type.TString>;
                locale: Type.TOptional<Type.TString>;
                online: Type.TBoolean;
                page: Type.TOptional<Type.TString>;
            }>;
            createdAt: Type.TInteger;
            waitingSince: Type.TOptional<Type.TInteger>;
            closedAt: Type.TOptional<Type.TInteger>;
            head: Type.TInteger;
            lastAt: Type.TInteger;
            lastMessage: Type.TOptional<Type.TObject<{
                by: Type.TObject<{
                    id: Type.TString;
                    role: Type.TUnsafe<"agent" | "bot" | "system" | "visitor">;
                    name: Type.TOptional<Type.TString>;
                    title: Type.TOptional<Type.TString>;
                }>;
                text: Type.TString;
                seq: Type.TInteger;
            }>>;
            check: Type.TOptional<Type.TObject<{
                checker: Type.TString;
                level: Type.TString;
                title: Type.TString;
                differs: Type.TOptional<Type.TString>;
            }>>;
            unread: Type.TInteger;
            preChat: Type.TArray<Type.TObject<{
                linkId: Type.TString;
                question: Type.TString;
                answers: Type.TArray<Type.TString>;
                at: Type.TOptional<Type.TInteger>;
                changed: Type.TOptional<Type.TBoolean>;
                skipped: Type.TOptional<Type.TBoolean>;
                source: Type.TOptional<Type.TUnsafe<"page">>;
            }>>;
            bot: Type.TOptional<Type.TBoolean>;
            offline: Type.TOptional<Type.TObject<{
                reference: Type.TString;
                promisedAt: Type.TOptional<Type.TInteger>;
            }>>;
            priority: Type.TOptional<Type.TUnsafe<"high" | "low" | "normal" | "urgent">>;
            language: Type.TOptional<Type.TString>;
        }>>;
        removed: Type.TOptional<Type.TString>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"colleague">;
    d: Type.TObject<{
        id: Type.TString;
        state: Type.TUnsafe<"away" | "offline" | "online">;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"auth.expiring">;
    d: Type.TObject<{
        inMs: Type.TInteger;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"notice">;
    d: Type.TObject<{
        code: Type.TString;
        text: Type.TOptional<Type.TString>;
        until: Type.TOptional<Type.TInteger>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"bye">;
    d: Type.TObject<{
        code: Type.TInteger;
        reason: Type.TString;
        reconnect: Type.TBoolean;
        retryAfterMs: Type.TOptional<Type.TInteger>;
        wipe: Type.TOptional<Type.TBoolean>;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"ping">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>, Type.TObject<{
    t: Type.TLiteral<"pong">;
    d: Type.TObject<{
        n: Type.TInteger;
    }>;
}>]>;
