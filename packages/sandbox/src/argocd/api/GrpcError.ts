import { CustomErrorBase } from '@backstage/errors';

/** gRPC's codes, as far as Argo CD's API server uses them. */
const CODES = {
  Unknown: 2,
  InvalidArgument: 3,
  NotFound: 5,
  AlreadyExists: 6,
  PermissionDenied: 7,
  FailedPrecondition: 9,
  Unavailable: 14,
  Unauthenticated: 16,
} as const;

type CodeName = keyof typeof CODES;

/** How grpc-gateway 1.16 maps them to HTTP; FailedPrecondition really is 400. */
const HTTP_STATUS: Record<CodeName, number> = {
  Unknown: 500,
  InvalidArgument: 400,
  NotFound: 404,
  AlreadyExists: 409,
  PermissionDenied: 403,
  FailedPrecondition: 400,
  Unavailable: 503,
  Unauthenticated: 401,
};

const STATUS_TEXT: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error of Argo CD's API, which is gRPC behind a gateway. */
export class GrpcError extends CustomErrorBase {
  override name = 'GrpcError' as const;
  readonly code: CodeName;

  constructor(code: CodeName, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return HTTP_STATUS[this.code];
  }

  /** The body of an answer that is this error. */
  get body() {
    return {
      error: this.message,
      code: CODES[this.code],
      message: this.message,
    };
  }

  /** The chunk that tells it within a stream. */
  get chunk() {
    return {
      error: {
        grpc_code: CODES[this.code],
        http_code: this.status,
        message: this.message,
        http_status: STATUS_TEXT[this.status] ?? '',
      },
    };
  }
}

export function permissionDenied(): GrpcError {
  return new GrpcError('PermissionDenied', 'permission denied');
}
