using Seal.Domain.Deciding;

namespace Seal.Domain.MasterKeys;

/// <summary>
/// Destroys a master key under which nothing is left. Backups from before the rotation then open only with a copy of the token
/// from that time: whoever destroys it decides that they need not open any more.
/// </summary>
/// <param name="Key">The key.</param>
public sealed record DestroyMasterKey(MasterKeyId Key) : ICommand<DestroyMasterKey>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(MasterKeyId.StreamType, Role.Administrator) { NeedsProof = true, ProofEvenByOffice = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Key.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(DestroyMasterKey command, States states, Facts facts) => facts.Outcome<MasterKeyRetired>()?.Outcome switch
    {
        _ when states.Get<MasterKey>(command.Key.Stream).IsDestroyed => MasterKeyRejections.MasterKeyDestroyed,
        null => Decision.First(new RetireMasterKey(command.Key)),
        Retirement.Unknown => MasterKeyRejections.MasterKeyUnknown,
        Retirement.InUse => MasterKeyRejections.MasterKeyInUse,
        _ => Decision.Of(command.Key.Stream, new MasterKeyDestroyed()),
    };
}

/// <summary>A master key is destroyed: the token's key goes because of this event, never before it.</summary>
[EventName("master-key.destroyed")]
public sealed record MasterKeyDestroyed : IEvent;

/// <summary>See to it that nothing is under a master key and nothing can come under it any more.</summary>
/// <param name="Key">The key.</param>
public sealed record RetireMasterKey(MasterKeyId Key) : IEffect;

/// <summary>What came of it.</summary>
/// <param name="Outcome">What came of it.</param>
public sealed record MasterKeyRetired(Retirement Outcome) : IOutcome;

/// <summary>What came of retiring a master key.</summary>
public enum Retirement
{
    /// <summary>The token has no such key.</summary>
    Unknown,

    /// <summary>It is the newest one, or something is under it.</summary>
    InUse,

    /// <summary>Nothing is under it, and nothing can be put there.</summary>
    Done,
}
