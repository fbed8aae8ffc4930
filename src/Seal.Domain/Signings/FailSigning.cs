using Seal.Domain.Deciding;

namespace Seal.Domain.Signings;

/// <summary>Reports a signing of which nothing was heard in time, e.g. after a crash: it is failed, not guessed.</summary>
/// <param name="Signing">The signing.</param>
public sealed record FailSigning(SigningId Signing) : ICommand<FailSigning>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SigningId.StreamType, Role.System) { Unknown = SigningRejections.SigningUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Signing.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(FailSigning command, States states, Facts facts)
    {
        var signing = states.Get<Signing>(command.Signing.Stream);
        return signing.Status switch
        {
            SigningStatus.Requested when signing.Prepared is { } prepared => facts.Now < prepared.ExpiresAt
                ? SigningRejections.SigningInProgress
                : Decision.Of(command.Signing.Stream, new SigningFailed("expired")),
            SigningStatus.Requested when facts.Now - signing.RequestedAt < facts.Settings.SigningTimeout => SigningRejections.SigningInProgress,
            SigningStatus.Requested => Decision.Of(command.Signing.Stream, new SigningFailed("interrupted")),
            _ => SigningRejections.SigningFinished,
        };
    }
}
