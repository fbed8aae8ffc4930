namespace Seal.Service.Files;

/// <summary>Documents that were uploaded and wait to be sealed.</summary>
/// <param name="Files">Where they lie.</param>
public sealed record Uploads(FileStore Files);

/// <summary>Sealed documents that wait to be fetched, by signing.</summary>
/// <param name="Files">Where they lie.</param>
public sealed record SealedFiles(FileStore Files);
