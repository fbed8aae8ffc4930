using Seal.Domain.Deciding;

namespace Seal.Domain.Certificates;

/// <summary>
/// Tells the outside authority that issued a certificate that it is suspended, reinstated or revoked here. The service does so by itself
/// and goes on with growing waits until the authority answers; an officer may have it told again, at once or after it declined.
/// </summary>
/// <param name="Certificate">The certificate.</param>
public sealed record TellAuthority(CertificateId Certificate) : ICommand<TellAuthority>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateId.StreamType, Role.System | Role.CertificateOfficer) { Unknown = CertificateRejections.CertificateUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Certificate.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(TellAuthority command, States states, Facts facts)
    {
        var stream = command.Certificate.Stream;
        var certificate = states.Get<Certificate>(stream);
        var bySystem = facts.Actor.Staff.HasFlag(Role.System);
        if (certificate.Notice is not { } notice || notice.Standing == NoticeStanding.Confirmed || (bySystem && !notice.IsDue(facts.Now)))
        {
            return CertificateRejections.NothingToTell;
        }

        // An answer to what is no longer so is no answer to what is.
        return facts.Outcome<AuthorityAnswered>() is not { } answered || answered.Status != notice.Status
            ? Decision.First(new NotifyAuthority(command.Certificate, certificate.Authority, notice.Status, certificate.Reason, states.VersionOf(stream)))
            : Decision.Of(stream, answered.Answer switch
            {
                NoticeAnswer.Confirmed => new AuthorityConfirmed(notice.Status),
                NoticeAnswer.Declined => new AuthorityDeclined(notice.Status, answered.Said),
                _ => new AuthorityNotReached(notice.Status, answered.Said, facts.Now + notice.NextWait),
            });
    }
}

/// <summary>The outside authority has confirmed how its certificate stands here.</summary>
/// <param name="Status">How it stands.</param>
[EventName("certificate.authority-confirmed")]
public sealed record AuthorityConfirmed(CertificateStatus Status) : IEvent;

/// <summary>The outside authority declined to have its certificate stand as it does here.</summary>
/// <param name="Status">How it stands here.</param>
/// <param name="Said">The authority's reason: the <c>title</c> of its problem, which is one for a kind of problem and not for a case (RFC 9457 §3.1.3).</param>
[EventName("certificate.authority-declined")]
public sealed record AuthorityDeclined(CertificateStatus Status, string Said) : IEvent;

/// <summary>The outside authority could not be told how its certificate stands here.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Said">How it failed.</param>
/// <param name="RetryAt">From when on it is tried again (UTC).</param>
[EventName("certificate.authority-not-reached")]
public sealed record AuthorityNotReached(CertificateStatus Status, string Said, DateTimeOffset RetryAt) : IEvent;

/// <summary>Tell an outside authority how a certificate stands. Told the same twice, it does nothing the second time.</summary>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="Authority">The authority, by its name in the settings.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Reason">Of a revocation, why.</param>
/// <param name="Version">Grows with each change: what comes late with a lower one is not taken for new.</param>
public sealed record NotifyAuthority(CertificateId Certificate, string Authority, CertificateStatus Status, RevocationReason Reason, long Version) : IEffect;

/// <summary>What came of it.</summary>
/// <param name="Status">How the authority was told that it stands.</param>
/// <param name="Answer">What it answered.</param>
/// <param name="Said">Its reason, or why it could not be reached.</param>
public sealed record AuthorityAnswered(CertificateStatus Status, NoticeAnswer Answer, string Said = "") : IOutcome;

/// <summary>What an outside authority answers to being told.</summary>
public enum NoticeAnswer
{
    /// <summary>It has it so, too.</summary>
    Confirmed,

    /// <summary>It will not, and says why.</summary>
    Declined,

    /// <summary>Nothing that could be understood as either.</summary>
    NotReached,
}
