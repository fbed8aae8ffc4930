namespace Seal.Service.Problems;

/// <summary>Problems of a request itself, found before any rule of the domain is asked.</summary>
public static class RequestProblems
{
    /// <summary>No valid bearer token.</summary>
    public static Problem NotSignedIn => new("not-signed-in", StatusCodes.Status401Unauthorized);

    /// <summary>Account or password is wrong.</summary>
    public static Problem SignInRefused => new("sign-in-refused", StatusCodes.Status401Unauthorized);

    /// <summary>The challenge was not given out here, was answered before, or its time is over.</summary>
    public static Problem ChallengeUnknown => new("challenge-unknown", StatusCodes.Status401Unauthorized, "challenge");

    /// <summary>The signature is not one of the certificate's key over the challenge.</summary>
    public static Problem AnswerInvalid => new("answer-invalid", StatusCodes.Status401Unauthorized, "signature");

    /// <summary>The certificate is none that this ledger has.</summary>
    public static Problem SignInCertificateUnknown => new("certificate-not-recorded", StatusCodes.Status401Unauthorized, "certificate");

    /// <summary>The certificate is revoked or over, or no Ukey of anybody bears it any more.</summary>
    public static Problem SignInCertificateNotInForce => new("certificate-not-in-force", StatusCodes.Status401Unauthorized, "certificate");

    /// <summary>The view is not for this person.</summary>
    public static Problem NotForYou => new("not-permitted", StatusCodes.Status403Forbidden);

    /// <summary>No such thing at this address.</summary>
    public static Problem NothingHere => new("nothing-here", StatusCodes.Status404NotFound);

    /// <summary>No checkpoint has been cosigned by enough witnesses yet.</summary>
    public static Problem NotWitnessed => new("not-witnessed", StatusCodes.Status404NotFound);

    /// <summary>There is a receipt only of what was sealed.</summary>
    public static Problem NotSealed => new("not-sealed", StatusCodes.Status409Conflict);

    /// <summary>The key of an encryption certificate is handed over for a signing certificate only while that one is neither suspended nor revoked.</summary>
    public static Problem SigningCertificateNotActive => new("signing-certificate-not-active", StatusCodes.Status409Conflict, "for");

    /// <summary>The address does not take this method.</summary>
    public static Problem MethodNotAllowed => new("method-not-allowed", StatusCodes.Status405MethodNotAllowed);

    /// <summary>Too many requests from one address.</summary>
    public static Problem TooMany => new("too-many-requests", StatusCodes.Status429TooManyRequests);

    /// <summary>The body is of another media type than the address takes.</summary>
    public static Problem MediaType => new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The body is not JSON, or breaks off.</summary>
    public static Problem BodyUnreadable => new("body-unreadable", StatusCodes.Status400BadRequest);

    /// <summary>The body is larger than the address takes.</summary>
    public static Problem BodyTooLarge => new("body-too-large", StatusCodes.Status413PayloadTooLarge);

    /// <summary>The file is larger than the address takes.</summary>
    public static Problem FileTooLarge(long limit) =>
        new Problem("file-too-large", StatusCodes.Status413PayloadTooLarge, "file").With("limit", limit);

    /// <summary>A field that the command does not have.</summary>
    public static Problem UnknownField(string field) => new("unknown-field", StatusCodes.Status400BadRequest, field);

    /// <summary>A field that the command needs is not there.</summary>
    public static Problem MissingField(string field) => new("missing-field", StatusCodes.Status400BadRequest, field);

    /// <summary>A field holds something it cannot hold.</summary>
    public static Problem InvalidField(string field) => new("invalid-field", StatusCodes.Status400BadRequest, field);

    /// <summary>A query parameter holds something it cannot hold.</summary>
    public static Problem InvalidParameter(string name) => new("invalid-parameter", StatusCodes.Status400BadRequest, name);

    /// <summary>The rest of the address does not name a tile or an entry bundle.</summary>
    public static Problem InvalidTile => new("invalid-tile", StatusCodes.Status400BadRequest);

    /// <summary>A header holds something it cannot hold.</summary>
    public static Problem InvalidHeader(string name) => new("invalid-header", StatusCodes.Status400BadRequest, name);

    /// <summary><c>If-Match</c> names another version than the present one.</summary>
    public static Problem StaleVersion => new("stale-version", StatusCodes.Status412PreconditionFailed, "If-Match");

    /// <summary>The idempotency key came before with another request.</summary>
    public static Problem IdempotencyKeyReused => new("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity, "Idempotency-Key");

    /// <summary>Others changed the same things again and again while this was decided.</summary>
    public static Problem TryAgain => new("try-again", StatusCodes.Status409Conflict);

    /// <summary>The proof of person is not one of the provider's.</summary>
    public static Problem ProofInvalid => new("proof-invalid", StatusCodes.Status403Forbidden, "Proof-Of-Person");

    /// <summary>The identity provider is not to be reached.</summary>
    public static Problem ProviderUnreachable => new("provider-unreachable", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The file was fetched before or its time is over.</summary>
    public static Problem AlreadyDelivered => new("already-delivered", StatusCodes.Status410Gone);

    /// <summary>The database is not to be reached.</summary>
    public static Problem LedgerUnavailable => new("ledger-unavailable", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The disk of the database is full.</summary>
    public static Problem LedgerDiskFull => new("ledger-disk-full", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The token that holds the keys does not answer.</summary>
    public static Problem TokenUnavailable => new("token-unavailable", StatusCodes.Status503ServiceUnavailable);

    /// <summary>More is asked for at once than can be served.</summary>
    public static Problem TooBusy => new("too-busy", StatusCodes.Status503ServiceUnavailable);

    /// <summary>The person keeps as many uploaded files as one may.</summary>
    public static Problem UploadsFull(long limit) => new Problem("uploads-full", StatusCodes.Status429TooManyRequests, "file").With("limit", limit);

    /// <summary>The disk for files under way is full but for what the ledger needs.</summary>
    public static Problem StorageFull => new("storage-full", StatusCodes.Status507InsufficientStorage);

    /// <summary>The clock ran ahead of the ledger.</summary>
    public static Problem ClockJump => new("clock-jump", StatusCodes.Status503ServiceUnavailable);

    /// <summary>A file that can be neither read nor judged.</summary>
    public static Problem File(string code, int status = StatusCodes.Status422UnprocessableEntity) => new(code, status, "file");

    /// <summary>A defect of ours.</summary>
    public static Problem Unexpected => new("unexpected", StatusCodes.Status500InternalServerError);
}
