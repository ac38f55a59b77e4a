/** A made-up authority and its certificate for 127.0.0.1, as an owner of a server has them. */

/** Paths of files. */
export interface Certificates {
  readonly authority: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes the files in a folder, with openssl. */
export function makeCertificates(folder: string): Certificates {
  const openssl = (...args: string[]) => {
    const { success, stderr } = new Deno.Command("openssl", { args, cwd: folder }).outputSync();
    if (!success) {
      throw new Error(`Cannot make a certificate: ${new TextDecoder().decode(stderr)}`);
    }
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  Deno.writeTextFileSync(`${folder}/extensions`, EXTENSIONS);
  openssl(
    ...["req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=made-up authority"],
    ...["-keyout", "authority.key", "-out", "authority.crt"],
  );
  openssl(
    ...["req", ...newKey, "-subj", "/CN=127.0.0.1"],
    ...["-keyout", "server.key", "-out", "server.csr"],
  );
  openssl(
    ...["x509", "-req", "-in", "server.csr", "-days", "2", "-CAcreateserial"],
    ...["-CA", "authority.crt", "-CAkey", "authority.key"],
    ...["-extfile", "extensions", "-out", "server.crt"],
  );
  return {
    authority: `${folder}/authority.crt`,
    certFile: `${folder}/server.crt`,
    keyFile: `${folder}/server.key`,
  };
}

const EXTENSIONS = "subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n";
