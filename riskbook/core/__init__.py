"""The register, its arithmetic, its checks and its pages: pure, standard library only."""
