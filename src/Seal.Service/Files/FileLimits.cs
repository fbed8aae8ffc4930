using Seal.Service.Problems;

namespace Seal.Service.Files;

/// <summary>Files without an announced length: the server stops reading beyond its own limit, ahead of whoever counts.</summary>
internal static class FileLimits
{
    /// <summary>Tells of a body cut off by the server as of the file that it is.</summary>
    /// <exception cref="ProblemException">The file is larger than the limit.</exception>
    public static async Task<TRead> OrFileTooLarge<TRead>(this Task<TRead> reading, long limit)
    {
        try
        {
            return await reading;
        }
        catch (BadHttpRequestException cut) when (cut.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ProblemException(RequestProblems.FileTooLarge(limit));
        }
    }
}
