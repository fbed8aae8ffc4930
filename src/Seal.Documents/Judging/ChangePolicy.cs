using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Which kinds of later changes a signature bears; the allow-list as a table.</summary>
internal static class ChangePolicy
{
    private static readonly ChangeKind[] Always =
        [ChangeKind.None, ChangeKind.DocumentInformation, ChangeKind.LongTermValidation];

    // ISO 32000-1 table 254; validation data and timestamps at level 1 by ISO 32000-2. Annotations that look like content are
    // never what an author certified (the "evil annotation" of Mladenov and others, 2021).
    private static readonly Dictionary<CertificationLevel, ChangeKind[]> Permitted = new()
    {
        [CertificationLevel.NoChanges] = Always,
        [CertificationLevel.FormsAndSignatures] = [.. Always, ChangeKind.FurtherSignature, ChangeKind.FormFilling],
        [CertificationLevel.Annotations] = [.. Always, ChangeKind.FurtherSignature, ChangeKind.FormFilling, ChangeKind.Annotation],
        [CertificationLevel.None] =
            [.. Always, ChangeKind.FurtherSignature, ChangeKind.FormFilling, ChangeKind.Annotation, ChangeKind.ContentAnnotation, ChangeKind.FormFieldAdded],
    };

    public static bool Permits(CertificationLevel level, ChangeKind kind) => Permitted[level].Contains(kind);
}
