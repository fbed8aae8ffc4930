namespace Seal.Documents.Judging;

/// <summary>What a time-stamp token is worth, as of a time at which it is known to have existed.</summary>
internal enum TimestampStanding
{
    /// <summary>It proves its time.</summary>
    Proves,

    /// <summary>It is no token that can be read.</summary>
    Unreadable,

    /// <summary>It is about other data: taken from elsewhere, or the data were changed.</summary>
    OtherData,

    /// <summary>Its signature does not hold.</summary>
    Invalid,

    /// <summary>Its algorithms are weak or not known here.</summary>
    NotAccepted,

    /// <summary>Its authority does not lead to a root that is trusted for time stamps.</summary>
    NotTrusted,

    /// <summary>Its authority's certificate is not for time stamps alone, or its path breaks the rules.</summary>
    Unfit,

    /// <summary>It states a time at which its authority's certificate was not valid yet.</summary>
    NotYetValid,

    /// <summary>It states a time at which its authority's certificate had expired.</summary>
    Expired,

    /// <summary>It states a time at which its authority's certificate had been revoked.</summary>
    Revoked,

    /// <summary>Its authority's certificate has expired since, and nothing proves that the token is older.</summary>
    ExpiredSince,

    /// <summary>Its authority's key is no longer to be relied upon, and nothing proves that the token is older.</summary>
    RevokedSince,

    /// <summary>Whether its authority's certificate is revoked cannot be learned.</summary>
    RevocationUnknown,

    /// <summary>It states a time that has not come yet.</summary>
    FromFuture,
}
