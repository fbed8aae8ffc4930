using System.Globalization;

namespace Seal.Documents.Judging;

/// <summary>The two rows that the register decides: the ledger's, and for a signature without seal data in the file also theirs.</summary>
internal static class LedgerCheck
{
    public static Check Ledger(RegisterFinding? finding)
    {
        if (finding is not { Answer: RegisterAnswer.Known } known)
        {
            var unknown = Check.Unknown(CheckName.Ledger, finding?.Answer switch
            {
                null => "ledger-not-asked",
                RegisterAnswer.Unreachable => "ledger-unreachable",
                _ => "ledger-unknown",
            });

            // A register that says why it does not know says more than we can.
            return finding is { Reasons: [var why, ..] } ? unknown with { Reason = why } : unknown;
        }

        (string, string)[] evidence =
        [
            ("position", known.Position?.ToString(CultureInfo.InvariantCulture) ?? "none"),
            ("recordedAt", known.RecordedAt is { } at ? $"{at.ToUniversalTime():O}" : "none"),
            ("stateAtSigning", known.Seal?.StateAtSigning ?? "none"),
            ("stateToday", known.Seal?.StateToday ?? "none"),
            ("inclusionProof", known.InclusionProofHolds switch { null => "not checked", true => "holds", false => "broken" }),
            .. known.Witnesses.Count > 0 ? [("witnesses", string.Join("; ", known.Witnesses))] : Array.Empty<(string, string)>(),
        ];
        if (known.RecordedDigestMatches == false)
        {
            return Check.Failed(CheckName.Ledger, "ledger-digest-differs", evidence);
        }

        if (known.InclusionProofHolds == false)
        {
            return Check.Failed(CheckName.Ledger, "ledger-proof-broken", evidence);
        }

        if (known is { InOrder: true, RecordedDigestMatches: true })
        {
            return Check.Passed(CheckName.Ledger, known.Witnesses.Count > 0 ? "ledger-in-order-witnessed" : "ledger-in-order", evidence);
        }

        // The register's own words say more than ours.
        var failed = Check.Failed(CheckName.Ledger, "ledger-not-in-order", evidence);
        return known.Reasons is [var reason, ..] ? failed with { Reason = reason } : failed;
    }

    public static Check SealData(RegisterFinding? finding) => finding switch
    {
        { Answer: RegisterAnswer.Known, RecordedDigestMatches: true, SealDataHolds: true } => Check.Passed(CheckName.SealData, "seal-data-by-ledger"),
        { Answer: RegisterAnswer.Known, RecordedDigestMatches: true, SealDataHolds: false } => Check.Failed(CheckName.SealData, "seal-data-differs"),
        _ => Check.Unknown(CheckName.SealData, "seal-data-not-in-file"),
    };
}
