using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>
/// Builds and validates certification paths (RFC 5280 §6) as of any time, from given certificates and given
/// evidence, for RSA, ECDSA, SM2 and Ed25519 alike. Nothing is fetched. Policies and name constraints are
/// not processed: a path that makes them critical is refused. Depth, candidates and signature checks are bounded.
/// </summary>
public static class PathValidation
{
    /// <summary>Longest path, leaf and anchor included.</summary>
    private const int MaximumLength = 10;

    /// <summary>Signature checks of one validation; honest material needs a handful.</summary>
    private const int MaximumSignatureChecks = 64;

    /// <summary>Validates <paramref name="leaf"/>.</summary>
    /// <param name="leaf">The certificate in question.</param>
    /// <param name="intermediates">Certificates that may lie between; untrusted, in any order.</param>
    /// <param name="trustAnchors">Certificates trusted as they are: only their names, keys and constraints count, not their validity.</param>
    /// <param name="at">As of when.</param>
    /// <param name="purpose">What the leaf's key was used for.</param>
    /// <param name="evidence">What is known of revocations; asked for every certificate below the anchor.</param>
    public static PathResult Validate(
        Certificate leaf,
        IReadOnlyCollection<Certificate> intermediates,
        IReadOnlyCollection<Certificate> trustAnchors,
        DateTimeOffset at,
        KeyPurpose purpose,
        IRevocationEvidence evidence)
    {
        var search = new Search(intermediates, trustAnchors, path => Judge(path, at, purpose, evidence));
        return search.From(leaf);
    }

    /// <summary>Judges one complete path whose names and signatures chain.</summary>
    private static PathResult Judge(
        IReadOnlyList<Certificate> path, DateTimeOffset at, KeyPurpose purpose, IRevocationEvidence evidence)
    {
        PathResult Ended(PathStatus status, Certificate concerning) => new(status, concerning, [.. path]);

        // From the anchor down (§6.1.3, §6.1.4), so that an authority's defect is named before what hangs on it.
        var authoritiesBelow = int.MaxValue;
        for (var i = path.Count - 1; i >= 0; i--)
        {
            var certificate = path[i];
            var isTrusted = i == path.Count - 1;
            if (!isTrusted || i == 0)
            {
                if (at < certificate.NotBefore)
                {
                    return Ended(PathStatus.NotYetValid, certificate);
                }

                if (at > certificate.NotAfter)
                {
                    return Ended(PathStatus.Expired, certificate);
                }
            }

            if (HasUnknownCriticalExtension(certificate))
            {
                return Ended(PathStatus.UnknownCriticalExtension, certificate);
            }

            if (i > 0 && JudgeIssuer(certificate, isTrusted, ref authoritiesBelow) is { } defect)
            {
                return Ended(defect, certificate);
            }

            if (isTrusted)
            {
                continue;
            }

            switch (evidence.Find(certificate, path[i + 1], at))
            {
                case RevocationFinding.Revoked revoked:
                    return Ended(PathStatus.Revoked, certificate) with { RevokedAt = revoked.At, RevocationReason = revoked.Reason };
                case RevocationFinding.Unknown:
                    return Ended(PathStatus.RevocationUnknown, certificate);
            }
        }

        return Ended(purpose.Allows(path[0]) ? PathStatus.Ok : PathStatus.BadKeyUsage, path[0]);
    }

    /// <summary>Whether a certificate may stand above others in the path (§6.1.4 k–n).</summary>
    private static PathStatus? JudgeIssuer(Certificate issuer, bool isTrusted, ref int authoritiesBelow)
    {
        // Roots older than X.509 v3 say nothing about themselves; only trust in them makes up for that.
        var isAuthority = issuer.BasicConstraints?.IsAuthority ?? (isTrusted && issuer.Version < 3);
        if (!isAuthority)
        {
            return PathStatus.BadBasicConstraints;
        }

        if (!isTrusted && !issuer.IsSelfIssued && authoritiesBelow-- == 0)
        {
            return PathStatus.BadBasicConstraints;
        }

        if (issuer.BasicConstraints?.PathLength is { } length)
        {
            authoritiesBelow = Math.Min(authoritiesBelow, length);
        }

        return issuer.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign) ? PathStatus.BadKeyUsage : null;
    }

    private static bool HasUnknownCriticalExtension(Certificate certificate) =>
        certificate.Extensions.Any(static extension => extension.Critical && extension.Oid is not (
            Oids.KeyUsage or Oids.BasicConstraints or Oids.ExtendedKeyUsage or Oids.SubjectKeyIdentifier
            or Oids.AuthorityKeyIdentifier or Oids.SubjectAlternativeName or Oids.CrlDistributionPoints
            or Oids.CertificatePolicies)); // policies: any is acceptable (§6.1.1 c), so there is nothing to refuse

    /// <summary>Depth-first over all issuers that could be; keeps the failure of the path that came furthest.</summary>
    private sealed class Search(
        IReadOnlyCollection<Certificate> intermediates,
        IReadOnlyCollection<Certificate> trustAnchors,
        Func<IReadOnlyList<Certificate>, PathResult> judge)
    {
        private readonly List<Certificate> _path = [];
        private int _signatureChecks;
        private PathResult? _best;

        public PathResult From(Certificate leaf)
        {
            _best = new PathResult(PathStatus.NoChain, leaf, [leaf]);
            _path.Add(leaf);
            if (trustAnchors.Contains(leaf))
            {
                Weigh(judge(_path));
            }
            else
            {
                Extend(leaf);
            }

            return _signatureChecks > MaximumSignatureChecks && !_best.IsOk ? _best with { Status = PathStatus.TooComplex } : _best;
        }

        private void Extend(Certificate certificate)
        {
            foreach (var anchor in Candidates(trustAnchors, certificate))
            {
                _path.Add(anchor);
                Weigh(judge(_path));
                _path.RemoveAt(_path.Count - 1);
                if (_best!.IsOk)
                {
                    return;
                }
            }

            if (_path.Count >= MaximumLength - 1)
            {
                return;
            }

            foreach (var issuer in Candidates(intermediates, certificate))
            {
                if (_path.Any(below => SameEntity(below, issuer)))
                {
                    continue; // a loop gains nothing
                }

                _path.Add(issuer);
                Weigh(new PathResult(PathStatus.NoChain, issuer, [.. _path]));
                Extend(issuer);
                _path.RemoveAt(_path.Count - 1);
                if (_best!.IsOk)
                {
                    return;
                }
            }
        }

        /// <summary>Possible issuers whose name fits and whose key made the signature; those whose key identifier fits come first.</summary>
        private IEnumerable<Certificate> Candidates(IReadOnlyCollection<Certificate> from, Certificate certificate) =>
            from.Where(candidate => candidate.Subject.Matches(certificate.Issuer))
                .OrderBy(candidate => IdentifierFits(candidate, certificate) ? 0 : 1)
                .Where(candidate => ++_signatureChecks <= MaximumSignatureChecks && certificate.IsSignedBy(candidate));

        private void Weigh(PathResult result)
        {
            if (Rank(result) > Rank(_best!))
            {
                _best = result;
            }
        }

        /// <summary>A complete path outranks a broken one; a doubt outranks a defect; longer broken paths say more.</summary>
        private static int Rank(PathResult result) => result.Status switch
        {
            PathStatus.Ok => 1000,
            PathStatus.RevocationUnknown => 900,
            PathStatus.Revoked => 800,
            PathStatus.Expired or PathStatus.NotYetValid => 700,
            PathStatus.NoChain or PathStatus.TooComplex => result.Path.Count,
            _ => 600,
        };

        private static bool IdentifierFits(Certificate candidate, Certificate certificate) =>
            certificate.AuthorityKeyIdentifier is { } wanted
            && candidate.SubjectKeyIdentifier is { } has
            && wanted.Span.SequenceEqual(has.Span);

        private static bool SameEntity(Certificate left, Certificate right) =>
            left.SubjectPublicKeyInfo.Span.SequenceEqual(right.SubjectPublicKeyInfo.Span)
            && left.Subject.Matches(right.Subject);
    }
}
