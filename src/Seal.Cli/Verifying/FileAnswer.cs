using Seal.Documents.Judging;

namespace Seal.Cli.Verifying;

/// <summary>The answer about one file: a judgement, or why there is none.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Judgement">The judgement; null when the file could not be read.</param>
/// <param name="Problem">Why the file could not be read; null when it could.</param>
internal sealed record FileAnswer(string File, Judgement? Judgement, Reason? Problem);
