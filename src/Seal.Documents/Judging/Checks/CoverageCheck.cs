using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether what was signed is a whole saved file but for the signature's own hexadecimal string, and whether every
/// reader of that file comes to the same objects.
/// </summary>
internal static class CoverageCheck
{
    public static Check Of(PdfFile file, PdfSignature signature)
    {
        var failure = Failure(file, signature);
        (string, string)[] evidence =
        [
            ("byteRange", signature.ByteRange is { } range ? string.Join(' ', range) : "none"),
            ("contents", signature.Contents is { Start: >= 0 } contents ? $"{contents.Start}-{contents.End}" : "none"),
            ("revisionEnds", string.Join(' ', file.Revisions.Select(revision => revision.End))),
        ];
        return failure is null
            ? Check.Passed(CheckName.Coverage, "coverage-whole-revision", evidence)
            : Check.Failed(CheckName.Coverage, failure, evidence);
    }

    private static string? Failure(PdfFile file, PdfSignature signature)
    {
        if (signature.ByteRange is not [0, >= 0 and long length, >= 0 and long then, >= 0])
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

        if (!BelongsTo(file, signature, revision))
        {
            return "signature-outside-revision";
        }

        if (!StandsAlone(file, revision))
        {
            return "revision-inconsistent";
        }

        return file.Tail == PdfTail.None ? null : "unreadable-tail";
    }

    /// <summary>The signed revision shows this very signature in a field, and brought it.</summary>
    private static bool BelongsTo(PdfFile file, PdfSignature signature, PdfRevision revision)
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
    private static bool StandsAlone(PdfFile file, PdfRevision revision)
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
