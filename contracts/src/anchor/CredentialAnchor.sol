// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {ICredentialAnchor} from "./ICredentialAnchor.sol";

/// @title CredentialAnchor
/// @notice Roots of status lists and evidence, by issuer and with their time. Immutable: no owner, no proxy.
contract CredentialAnchor is ICredentialAnchor {
    /// @inheritdoc ICredentialAnchor
    mapping(address issuer => mapping(bytes32 root => uint256)) public anchoredAt;

    /// @inheritdoc ICredentialAnchor
    function anchor(bytes32 root) external {
        if (root == 0) revert EmptyRoot();
        mapping(bytes32 => uint256) storage times = anchoredAt[msg.sender];
        uint256 since = times[root];
        if (since != 0) revert AlreadyAnchored(since);
        times[root] = block.timestamp;
        emit Anchored(msg.sender, root);
    }

    /// @inheritdoc ICredentialAnchor
    function provenAt(address issuer, bytes32 subject, bytes32 digest, bytes32[] calldata proof)
        external
        view
        returns (uint256)
    {
        return anchoredAt[issuer][MerkleProof.processProofCalldata(proof, leafOf(subject, digest))];
    }

    /// @inheritdoc ICredentialAnchor
    function leafOf(bytes32 subject, bytes32 digest) public pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(subject, digest))));
    }
}
