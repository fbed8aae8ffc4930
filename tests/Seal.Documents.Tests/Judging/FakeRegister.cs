using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>A ledger outside this project: answers as it is told and remembers what it was asked.</summary>
public sealed class FakeRegister(RegisterFinding finding) : ISealRegister
{
    public static RegisterFinding InOrder { get; } = new()
    {
        Answer = RegisterAnswer.Known,
        InOrder = true,
        RecordedDigestMatches = true,
        InclusionProofHolds = true,
        SealDataHolds = true,
        RecordedAt = SealingSamples.Time,
        Position = 42,
        Seal = new SealFacts("3101040000123", "Example Company", "Example Company Ltd", "active", "frozen", 42),
    };

    public List<SignatureFacts> Asked { get; } = [];

    public ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation)
    {
        Asked.Add(signature);
        return ValueTask.FromResult(finding);
    }
}
