using System.Text.Json;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether what was signed is a whole saved file but for the signature's own hexadecimal string, and whether every
/// reader of that file comes to the same objects.
/// </summary>
internal sealed class CoverageCheck(PdfFile file)
{
    private readonly Dictionary<int, string?> _doubts = [];

    public Check Of(PdfSignature signature)
    {
        var failure = Failure(signature, out var doubt);
        var repaired = file.Repair is { Quirks.Count: > 0 } repair ? string.Join(' ', repair.Quirks.Select(static quirk => JsonNamingPolicy.KebabCaseLower.ConvertName($"{quirk}"))) : null;
        (string, string)[] evidence =
        [
            .. repaired is null ? Array.Empty<(string, string)>() : [("repaired", repaired)],
            .. doubt is null ? Array.Empty<(string, string)>() : [("doubt", doubt)],
            ("byteRange", signature.ByteRange is { } range ? string.Join(' ', range) : "none"),
            ("contents", signature.Contents is { Start: >= 0 } contents ? $"{contents.Start}-{contents.End}" : "none"),
            ("revisionEnds", string.Join(' ', file.Revisions.Select(revision => revision.End))),
        ];
        return failure is null
            ? Check.Passed(CheckName.Coverage, repaired is null ? "coverage-whole-revision" : "coverage-repaired", evidence)
            : Check.Failed(CheckName.Coverage, failure, evidence);
    }

    private string? Failure(PdfSignature signature, out string? doubt)
    {
        doubt = null;
        if (signature.ByteRange is not [0, >= 0 and long length, >= 0 and long then, >= 0 and long rest])
        {
            return "byte-range-malformed";
        }

        if (signature.Contents is not { IsHexadecimal: true, Start: >= 0 } contents || length != contents.Start || then != contents.End)
        {
            return "byte-range-hole";
        }

        if (signature.SignedRevision(file) is not { } revision)
        {
            return "byte-range-not-a-revision";
        }

        if (!BelongsTo(signature, revision))
        {
            return "signature-outside-revision";
        }

        if (!StandsAlone(revision))
        {
            return "revision-inconsistent";
        }

        if (file.Tail != PdfTail.None && !(file.Tail == PdfTail.Inert && then + rest == file.Length))
        {
            return "unreadable-tail";
        }

        doubt = Doubt(revision);
        return doubt is null ? null : "revision-ambiguous";
    }

    /// <summary>Why a repaired file can be read in more than one way, as it was signed or as it is now.</summary>
    private string? Doubt(PdfRevision revision)
    {
        if (file.Repair is not { } repair)
        {
            return null;
        }

        if (!file.Revisions.SelectMany(one => one.Sections).All(file.Places.AreRight))
        {
            repair.Note(PdfQuirk.OffsetsWrong);
        }

        if (repair.Quirks.Count == 0)
        {
            return null;
        }

        for (var index = revision.Index; index < file.Revisions.Count; index++)
        {
            if (!_doubts.TryGetValue(index, out var doubt))
            {
                _doubts[index] = doubt = OneReading.Doubt(file, repair, index);
            }

            if (doubt is not null)
            {
                return doubt;
            }
        }

        return null;
    }

    /// <summary>The signed revision shows this very signature in a field, and brought it.</summary>
    private bool BelongsTo(PdfSignature signature, PdfRevision revision)
    {
        var before = revision.Index == 0 ? 0 : file.Revisions[revision.Index - 1].End;
        var view = file.AsOf(revision.Index);
        return signature.Contents!.Start >= before
            && PdfFields.Walk(view).Any(field => view.Dictionary(field.Dictionary["V"])?["Contents"] is PdfString shown && shown.Start == signature.Contents.Start);
    }

    /// <summary>
    /// The revision cut off at its end opens with the same cross-reference, which points nowhere behind that end: else
    /// the signed bytes would say one thing by themselves and another with what was appended.
    /// </summary>
    private bool StandsAlone(PdfRevision revision)
    {
        var sections = file.Revisions.Take(revision.Index + 1).SelectMany(earlier => earlier.Sections);
        return revision.OpensAsItself && sections.All(section => section.Offset < revision.MarkerEnd && Inside(section));

        bool Inside(CrossReferenceSection section)
        {
            file.Budget.SpendTime(section.Entries.Count);
            return section.Entries.Values.All(entry => entry.Kind != EntryKind.InFile || entry.OffsetOrStream < revision.MarkerEnd);
        }
    }
}
