using Seal.Ledger.Auditing;

namespace Seal.Ledger.Evidence;

/// <summary>Told what an evidence file holds while it is checked; what it knows beyond this library, it checks itself.</summary>
public interface IEvidenceVisitor
{
    /// <summary>An event.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="words">What it only commits to.</param>
    /// <param name="isProven">Whether its proof leads to the checkpoint's root.</param>
    /// <returns>What is wrong with it besides.</returns>
    IEnumerable<Finding> Visit(RecordedEvent recorded, IReadOnlyList<EvidenceWords> words, bool isProven);

    /// <summary>A material whose content, if it is there, has the digest that the file says.</summary>
    /// <param name="material">The material.</param>
    /// <returns>What is wrong with it besides.</returns>
    IEnumerable<Finding> Visit(EvidenceMaterial material);

    /// <summary>All has been read.</summary>
    /// <param name="madeAt">When the file says it was made.</param>
    /// <returns>What is missing or does not fit together.</returns>
    IEnumerable<Finding> Finish(DateTimeOffset madeAt);
}
