namespace Seal.Domain.Certificates;

/// <summary>What the outside authority that issued a certificate has to be told of it, and what it said to that.</summary>
/// <param name="Status">How the certificate stands: suspended, revoked, or active again after a suspension.</param>
/// <param name="Standing">Whether the authority has confirmed it.</param>
/// <param name="Attempts">How often it could not be reached since.</param>
/// <param name="RetryAt">From when on it is tried again (UTC); <c>null</c>: at once, or not at all because it has answered.</param>
/// <param name="Said">What it said, or why it could not be reached; empty before the first attempt and when it confirmed.</param>
public sealed record AuthorityNotice(CertificateStatus Status, NoticeStanding Standing, int Attempts = 0, DateTimeOffset? RetryAt = null, string Said = "")
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long to wait after one more attempt in vain: thirty seconds, and twice as long each time, up to an hour.</summary>
    public TimeSpan NextWait => Attempts > 10 || FirstWait * (1 << Attempts) > LongestWait ? LongestWait : FirstWait * (1 << Attempts);

    /// <summary>Whether the authority is to be told now, without anybody asking for it.</summary>
    public bool IsDue(DateTimeOffset now) => Standing == NoticeStanding.Due && (RetryAt is not { } time || time <= now);
}

/// <summary>Whether an outside authority knows how its certificate stands here.</summary>
public enum NoticeStanding
{
    /// <summary>There is nothing to know.</summary>
    None,

    /// <summary>Not yet: it is to be told, or could not be reached and is tried again.</summary>
    Due,

    /// <summary>It has confirmed.</summary>
    Confirmed,

    /// <summary>It has declined; an officer settles it with the authority and has it told again.</summary>
    Declined,
}
