/** One reason of a `Validation Failed`. */
interface ApiErrorDetail {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
}

/** An answer that is not a success, with GitHub's status and words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errors: readonly (ApiErrorDetail | string)[] | undefined;

  constructor(
    status: number,
    message: string,
    errors?: readonly (ApiErrorDetail | string)[],
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  toBody(): object {
    return {
      message: this.message,
      ...(this.errors && { errors: this.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

export function validationFailed(detail: ApiErrorDetail): ApiError {
  return new ApiError(422, 'Validation Failed', [detail]);
}
