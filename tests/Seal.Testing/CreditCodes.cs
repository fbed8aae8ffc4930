using System.Globalization;
using Seal.Domain.Organisations;

namespace Seal.Testing;

/// <summary>Made-up credit codes with right check characters, each another.</summary>
public static class CreditCodes
{
    private static int _next = Environment.ProcessId * 1000 % 9_000_000;

    public static string Next()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"91440300{Interlocked.Increment(ref _next):D8}X");
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => body + check).First(code => new OrganisationId(code).IsWellFormed);
    }
}
