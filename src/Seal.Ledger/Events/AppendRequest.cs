namespace Seal.Ledger;

/// <summary>One atomic decision: events for one or more streams, all or nothing.</summary>
/// <param name="Writes">Each stream at most once. May be empty when an idempotency key alone is to be remembered.</param>
/// <param name="Metadata">A JSON object in UTF-8 that is recorded with every event; empty bytes mean <c>{}</c>.</param>
public sealed record AppendRequest(IReadOnlyList<StreamWrite> Writes, ReadOnlyMemory<byte> Metadata)
{
    /// <summary>What must hold at the append.</summary>
    public IReadOnlyList<AppendCondition> Conditions { get; init; } = [];

    /// <summary>Makes a repetition of the same request give back the first answer.</summary>
    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>Whether the answer shall carry inclusion proofs and a signed checkpoint.</summary>
    public bool WithProof { get; init; }

    /// <summary>Positions of events appended before that shall be proven under the same checkpoint, ahead of the new ones.</summary>
    public IReadOnlyList<long> AlsoProven { get; init; } = [];
}

/// <summary>Names a request, so that its repetition appends nothing.</summary>
/// <param name="Scope">Whose key it is, such as the caller's id: keys of different scopes never meet.</param>
/// <param name="Key">The caller's key.</param>
/// <param name="RequestDigest">Digest of the request; the same key with another digest is a conflict.</param>
/// <param name="Outcome">Short opaque text, kept and given back with a replay; such as a status.</param>
public sealed record IdempotencyKey(string Scope, string Key, ReadOnlyMemory<byte> RequestDigest, string Outcome);
