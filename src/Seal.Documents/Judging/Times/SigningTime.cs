namespace Seal.Documents.Judging;

/// <summary>When a signature was made, by the best source there is.</summary>
/// <param name="At">UTC; null when nothing says so.</param>
/// <param name="Source">Who says it.</param>
/// <param name="OnlyExistence">The time only bounds the signing from above: a document time stamp that came later.</param>
/// <param name="Check">The time check's row.</param>
internal sealed record SigningTime(DateTimeOffset? At, TimeSource Source, bool OnlyExistence, Check Check)
{
    public bool IsProven => Source is TimeSource.Timestamp or TimeSource.Ledger;

    /// <summary>The best of what a signature's own time stamps, the document's, the ledger and the signer say.</summary>
    /// <param name="own">The time stamps over this signature, judged.</param>
    /// <param name="existedAt">When document time stamps prove that the signature existed.</param>
    /// <param name="finding">What the ledger says.</param>
    /// <param name="claimed">What the signer says.</param>
    public static SigningTime Of(IReadOnlyList<TimestampProof> own, DateTimeOffset? existedAt, RegisterFinding? finding, DateTimeOffset? claimed)
    {
        var best = Best(own, existedAt, finding) ?? Claim(claimed);
        if (own.FirstOrDefault(proof => Refusal(proof.Standing) is not null) is { } refused)
        {
            return best with { Check = Check.Failed(CheckName.Time, Refusal(refused.Standing)!, [.. refused.Facts]) };
        }

        if (own.FirstOrDefault(proof => proof.Proves && proof.Time - Accuracy(proof) > existedAt) is { } late)
        {
            return best with { Check = Check.Unknown(CheckName.Time, "timestamps-out-of-order", [.. late.Facts, ("existedAt", $"{existedAt:O}")]) };
        }

        return best.IsProven || own.Count == 0
            ? best
            : best with { Check = Check.Unknown(CheckName.Time, "timestamp-not-proving", [.. own[0].Facts, ("timestampStanding", $"{own[0].Standing}"), .. Evidence(best)]) };
    }

    /// <summary>The time of a document time stamp: its own.</summary>
    public static SigningTime Of(TimestampProof proof) => proof.Proves
        ? Proven(proof.Time!.Value, TimeSource.Timestamp, false, "time-proven-by-timestamp", [.. proof.Facts])
        : new SigningTime(proof.Time, TimeSource.Claimed, false, Check.Unknown(
            CheckName.Time,
            proof.Standing == TimestampStanding.FromFuture ? "timestamp-from-future" : "timestamp-not-proving", [.. proof.Facts, ("timestampStanding", $"{proof.Standing}")]));

    /// <summary>The signer's own word.</summary>
    public static SigningTime Claim(DateTimeOffset? claimed) => claimed?.ToUniversalTime() is { } at
        ? new SigningTime(at, TimeSource.Claimed, false, Check.Unknown(CheckName.Time, "time-only-claimed", ("time", $"{at:O}")))
        : new SigningTime(null, TimeSource.None, false, Check.Unknown(CheckName.Time, "time-missing"));

    private static SigningTime? Best(IReadOnlyList<TimestampProof> own, DateTimeOffset? existedAt, RegisterFinding? finding)
    {
        List<SigningTime> proven = [];
        if (own.Where(static proof => proof.Proves).MinBy(static proof => proof.Time) is { } first)
        {
            proven.Add(Proven(first.Time!.Value, TimeSource.Timestamp, false, "time-proven-by-timestamp", [.. first.Facts]));
        }

        if (finding is { Answer: RegisterAnswer.Known, RecordedDigestMatches: true, InclusionProofHolds: not false, RecordedAt: { } recorded })
        {
            proven.Add(Proven(recorded, TimeSource.Ledger, false, "time-recorded-by-ledger"));
        }

        if (existedAt is { } existed)
        {
            proven.Add(Proven(existed, TimeSource.Timestamp, true, "time-proven-by-document-timestamp"));
        }

        return proven.MinBy(static time => time.At);
    }

    /// <summary>A stamp that was put there for another signature, or that nobody made, is no weak proof but a forgery.</summary>
    private static string? Refusal(TimestampStanding standing) => standing switch
    {
        TimestampStanding.OtherData => "timestamp-of-other-data",
        TimestampStanding.Invalid => "timestamp-invalid",
        TimestampStanding.Unreadable => "timestamp-unreadable",
        _ => null,
    };

    private static TimeSpan Accuracy(TimestampProof proof) => proof.Token?.Info.Accuracy ?? TimeSpan.FromSeconds(1);

    private static IEnumerable<(string, string)> Evidence(SigningTime time) => time.Check.Evidence.Select(static item => (item.Key, item.Value));

    private static SigningTime Proven(DateTimeOffset at, TimeSource source, bool onlyExistence, string code, params (string, string)[] facts) =>
        new(at.ToUniversalTime(), source, onlyExistence, Check.Passed(CheckName.Time, code, [("time", $"{at.ToUniversalTime():O}"), .. facts]));
}
