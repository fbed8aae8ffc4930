using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Whether what was done after a signature is permitted. Revisions are compared once per file.</summary>
internal sealed class ChangesCheck(PdfFile file)
{
    private const int DetailsShown = 50;

    private readonly Dictionary<int, RevisionChanges> _compared = [];
    private readonly Dictionary<(int Revision, CertificationLevel Level), (LaterChange Change, string? Refusal)> _judged = [];

    public (Check Check, IReadOnlyList<LaterChange> Changes) Of(PdfSignature signature, PdfRevision signed)
    {
        var view = file.AsOf(signed.Index);
        var level = PdfCertification.Level(view, signature.Dictionary, signature.Field.Dictionary);
        List<LaterChange> changes = [];
        string? failure = null;
        try
        {
            for (var index = signed.Index + 1; index < file.Revisions.Count; index++)
            {
                (var change, var refused) = Judge(view, signature, level, index);
                failure ??= refused;
                changes.Add(change);
            }
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return (Check.Failed(CheckName.Changes, "changes-unreadable", ("error", error.Message)), changes);
        }

        (string, string)[] evidence = [("certification", $"{(int)level}"), ("laterRevisions", $"{changes.Count}")];
        return (failure is null
            ? Check.Passed(CheckName.Changes, Passing(changes), evidence)
            : Check.Failed(CheckName.Changes, failure, evidence), changes);
    }

    /// <summary>Signatures that lock no fields judge a revision alike.</summary>
    private (LaterChange Change, string? Refusal) Judge(PdfView view, PdfSignature signature, CertificationLevel level, int index)
    {
        var isShared = signature.Dictionary["Reference"] is null;
        if (isShared && _judged.TryGetValue((index, level), out var known))
        {
            return known;
        }

        var revision = Compare(index);
        var refusal = revision.Observed.Select(change => Refusal(view, signature, level, change)).FirstOrDefault(code => code is not null);
        LaterChange later = new(index, revision.Kind, refusal is null, [.. revision.Observed.Select(change => change.What).Take(DetailsShown)]);
        if (isShared)
        {
            _judged[(index, level)] = (later, refusal);
        }

        return (later, refusal);
    }

    private RevisionChanges Compare(int index)
    {
        if (!_compared.TryGetValue(index, out var changes))
        {
            _compared[index] = changes = RevisionChanges.Of(file, index);
        }

        return changes;
    }

    private static string? Refusal(PdfView view, PdfSignature signature, CertificationLevel level, ObservedChange change)
    {
        if (change.Kind == ChangeKind.Other)
        {
            return "changes-not-permitted";
        }

        if (!ChangePolicy.Permits(level, change.Kind))
        {
            return "changes-beyond-certification";
        }

        return change is { Kind: ChangeKind.FormFilling, Field: { } name } && PdfCertification.Locks(view, signature.Dictionary, name)
            ? "changes-locked-field"
            : null;
    }

    private static string Passing(List<LaterChange> changes) => changes.Select(change => change.Kind).DefaultIfEmpty(ChangeKind.None).Max() switch
    {
        ChangeKind.None => "changes-none",
        >= ChangeKind.FormFilling => "changes-noted",
        _ => "changes-permitted",
    };
}
