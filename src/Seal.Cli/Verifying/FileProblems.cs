using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Cli.Verifying;

/// <summary>Why a file could not be read: stable codes and a sentence in each language.</summary>
internal static class FileProblems
{
    public const string NotFound = "file-not-found";
    public const string NotAllowed = "file-not-allowed";
    public const string NotAFile = "not-a-file";
    public const string Unreadable = "file-unreadable";
    public const string NotACertificate = "not-a-certificate";
    public const string NotARevocationList = "not-a-revocation-list";
    public const string NotAnOcspAnswer = "not-an-ocsp-answer";

    private static readonly Dictionary<string, (string Zh, string En)> Texts = new(StringComparer.Ordinal)
    {
        [NotFound] = ("没有这个文件", "there is no such file"),
        [NotAllowed] = ("没有读取该文件的权限", "this file may not be read by you"),
        [NotAFile] = ("这不是普通文件", "this is not a regular file"),
        [Unreadable] = ("读取文件时出错", "reading the file failed"),
        [NotACertificate] = ("文件中没有可读的证书（PEM 或 DER）", "there is no readable certificate (PEM or DER) in this file"),
        [NotARevocationList] = ("文件不是可读的证书吊销列表（CRL）", "this file is not a readable certificate revocation list"),
        [NotAnOcspAnswer] = ("文件不是可读的 OCSP 应答", "this file is not a readable OCSP answer"),
        [PdfProblem.NotAPdf] = ("这不是 PDF 或 OFD 文件", "this is neither a PDF nor an OFD file"),
        [PdfProblem.Truncated] = ("文件不完整：末尾缺失", "the file is incomplete: its end is missing"),
        [PdfProblem.Encrypted] = ("文件已加密，无法验证；解除加密会破坏签名，请向对方索取签名时未加密的文件", "the file is encrypted and cannot be judged; to take the encryption off breaks the signatures: ask for a copy that was signed without it"),
        [PdfProblem.Damaged] = ("文件结构已损坏", "the structure of the file is damaged"),
        [PdfProblem.TooLarge] = ("文件或其中的内容过大", "the file, or something in it, is too large"),
        [PdfProblem.TooManyObjects] = ("文件中的对象过多", "there are too many objects in the file"),
        [PdfProblem.TooComplex] = ("文件过于复杂，未能在限定时间内读完", "the file is too complex to be read in the time allowed"),
        [OfdProblem.NotAnOfd] = ("这是压缩包，但不是 OFD 文件", "this is a zip package, but not an OFD file"),
        [OfdProblem.Truncated] = ("文件不完整：末尾缺失", "the file is incomplete: its end is missing"),
        [OfdProblem.Encrypted] = ("文件已加密：请先解除加密再验证", "the file is encrypted: remove the encryption and verify again"),
        [OfdProblem.Damaged] = ("文件结构已损坏", "the structure of the file is damaged"),
        [OfdProblem.TooLarge] = ("文件或其中的内容过大", "the file, or something in it, is too large"),
        [OfdProblem.TooManyEntries] = ("文件中的条目、页面或签名过多", "there are too many entries, pages or signatures in the file"),
        [OfdProblem.TooComplex] = ("文件过于复杂，未能在限定时间内读完", "the file is too complex to be read in the time allowed"),
    };

    /// <summary>The problem with this code; one that has no sentence of its own is a damaged file.</summary>
    public static Reason Of(string code)
    {
        (var zh, var en) = Texts.GetValueOrDefault(code, Texts[PdfProblem.Damaged]);
        return new Reason(code, zh, en);
    }

    /// <summary>The code for what the operating system said; null when it is no matter of the file.</summary>
    public static string? CodeOf(Exception exception, string file) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => NotFound,
        _ when Directory.Exists(file) => NotAFile,
        UnauthorizedAccessException => NotAllowed,
        IOException => Unreadable,
        ArgumentException => NotFound, // an empty name, or one with a zero character in it
        _ => null,
    };
}

/// <summary>A file that the command needs, not one to be judged, is of no use.</summary>
/// <param name="file">The file.</param>
/// <param name="problem">Why.</param>
internal sealed class UnusableFileException(string file, Reason problem) : Exception(problem.En)
{
    public string File { get; } = file;

    public Reason Problem { get; } = problem;
}
